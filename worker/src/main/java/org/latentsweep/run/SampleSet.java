package org.latentsweep.run;

/** Points drawn from a generator after a step. */
public final class SampleSet {
  private final int step;
  private final int dimensions;
  private final float[] points; // [n, d]

  /**
   * Keeps the array itself, not a copy.
   *
   * @param step the step after which the points were drawn
   * @param dimensions the dimension d of the sample space
   * @param points the points, row-major [n, d]
   */
  public SampleSet(int step, int dimensions, float[] points) {
    this.step = step;
    this.dimensions = dimensions;
    this.points = points;
  }

  /** Returns the step after which the points were drawn. */
  public int step() {
    return step;
  }

  /** Returns the dimension d of the sample space. */
  public int dimensions() {
    return dimensions;
  }

  /** Returns the number n of points. */
  public int size() {
    return points.length / dimensions;
  }

  /** Returns all points, row-major [n, d]; not a copy. */
  public float[] points() {
    return points;
  }

  /** Returns coordinate j of point i. */
  public float coordinate(int i, int j) {
    return points[i * dimensions + j];
  }
}
