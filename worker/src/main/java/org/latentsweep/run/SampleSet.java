package org.latentsweep.run;

/** Points drawn from a generator after a step. */
public final class SampleSet {
  private final int step;
  private final int dimensions;
  private final float[] points; // [n, d]

  /**
   * Keeps the points as they are, without a copy.
   *
   * @param step after which they were drawn
   * @param dimensions d of the sample space
   * @param points row-major [n, d]
   */
  public SampleSet(int step, int dimensions, float[] points) {
    this.step = step;
    this.dimensions = dimensions;
    this.points = points;
  }

  /** The step after which they were drawn. */
  public int step() {
    return step;
  }

  /** d. */
  public int dimensions() {
    return dimensions;
  }

  /** n. */
  public int size() {
    return points.length / dimensions;
  }

  /** All points, row-major [n, d]; not a copy. */
  public float[] points() {
    return points;
  }

  /** Coordinate j of point i. */
  public float coordinate(int i, int j) {
    return points[i * dimensions + j];
  }
}
