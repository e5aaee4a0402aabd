package org.latentsweep.divergence;

/**
 * Weighted points, grouped by the cells of a square lattice, with the weight, the mean and the
 * variances of each group. Immutable.
 */
final class WeightedCells {
  private final double[] weight; // [cells]
  private final double[] x; // [cells]
  private final double[] y; // [cells]
  private final double[] varianceX; // [cells]
  private final double[] varianceY; // [cells]

  /**
   * Groups points.
   *
   * @param points at least one, with weights that doubles can hold
   * @param step side of a cell
   */
  WeightedCells(WeightedPoints points, double step) {
    long[] keys = CellKeys.of(points.coordinates(), points.dimensions(), step);
    int[] order = CellOrder.of(keys);
    int[] start = CellKeys.runs(order, keys, 0);
    int cells = start.length - 1;
    weight = new double[cells];
    x = new double[cells];
    y = new double[cells];
    varianceX = new double[cells];
    varianceY = new double[cells];
    for (int c = 0; c < cells; c++) {
      for (int a = start[c]; a < start[c + 1]; a++) {
        add(c, points, order[a]);
      }
      varianceX[c] /= weight[c];
      varianceY[c] /= weight[c];
    }
  }

  /** Updates the means and the sums of squares by West (1979). */
  private void add(int cell, WeightedPoints points, int i) {
    double more = points.weight(i);
    weight[cell] += more;
    double dx = points.x(i) - x[cell];
    double dy = points.y(i) - y[cell];
    double share = more / weight[cell];
    x[cell] += share * dx;
    y[cell] += share * dy;
    varianceX[cell] += more * dx * (points.x(i) - x[cell]);
    varianceY[cell] += more * dy * (points.y(i) - y[cell]);
  }

  /** Returns the number of cells. */
  int size() {
    return weight.length;
  }

  /** Returns the sum of the weights in a cell. */
  double weight(int cell) {
    return weight[cell];
  }

  /** Returns the mean x in a cell. */
  double x(int cell) {
    return x[cell];
  }

  /** Returns the mean y in a cell, 0 in one dimension. */
  double y(int cell) {
    return y[cell];
  }

  /** Returns the variance of x in a cell. */
  double varianceX(int cell) {
    return varianceX[cell];
  }

  /** Returns the variance of y in a cell. */
  double varianceY(int cell) {
    return varianceY[cell];
  }
}
