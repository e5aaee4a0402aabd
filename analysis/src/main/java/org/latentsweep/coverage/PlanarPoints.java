package org.latentsweep.coverage;

/** Points in one or two dimensions, read by their coordinates. */
final class PlanarPoints {
  private final float[] rows; // [n, d]
  private final int dimensions;

  /** Wraps points, row-major [n, d], without copying them. */
  PlanarPoints(float[] rows, int dimensions) {
    this.rows = rows;
    this.dimensions = dimensions;
  }

  /** Returns n. */
  int size() {
    return rows.length / dimensions;
  }

  /** Returns x of a point. */
  double x(int i) {
    return rows[i * dimensions];
  }

  /** Returns y of a point, 0 in one dimension. */
  double y(int i) {
    return dimensions == 1 ? 0 : rows[i * dimensions + 1];
  }
}
