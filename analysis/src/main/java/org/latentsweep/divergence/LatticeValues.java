package org.latentsweep.divergence;

/**
 * Operations on values at the nodes of a lattice, [rows, columns]. Points between nodes are given
 * by continuous indices of the column and of the row; the latter is ignored if there is one row.
 */
final class LatticeValues {
  /** Variance of the cubic B-spline in steps^2. */
  static final double SPLINE_VARIANCE = 1.0 / 3;

  private LatticeValues() {}

  /** Adds a weight to the nodes around a point, in bilinear proportions. */
  static void bin(double[][] onto, double column, double row, double weight) {
    int j = (int) column;
    double tx = column - j;
    if (onto.length == 1) {
      onto[0][j] += weight * (1 - tx);
      onto[0][j + 1] += weight * tx;
      return;
    }
    int i = (int) row;
    double ty = row - i;
    double[] above = onto[i];
    double[] below = onto[i + 1];
    above[j] += weight * (1 - ty) * (1 - tx);
    above[j + 1] += weight * (1 - ty) * tx;
    below[j] += weight * ty * (1 - tx);
    below[j + 1] += weight * ty * tx;
  }

  /**
   * Adds a weight to the nodes around a point, in the proportions of the cubic B-spline. They
   * spread it with a variance of {@value #SPLINE_VARIANCE} wherever the point lies between the
   * nodes.
   */
  static void binSpline(double[][] onto, double column, double row, double weight) {
    int j = (int) column;
    double[] across = spline(column - j);
    if (onto.length == 1) {
      addSpline(onto[0], j, across, weight);
      return;
    }
    int i = (int) row;
    double[] down = spline(row - i);
    for (int a = 0; a < down.length; a++) {
      addSpline(onto[i - 1 + a], j, across, weight * down[a]);
    }
  }

  private static void addSpline(double[] row, int j, double[] across, double weight) {
    for (int b = 0; b < across.length; b++) {
      row[j - 1 + b] += weight * across[b];
    }
  }

  private static double[] spline(double t) {
    double u = 1 - t;
    return new double[] {
      u * u * u / 6, (4 + t * t * (3 * t - 6)) / 6, (4 + u * u * (3 * u - 6)) / 6, t * t * t / 6
    };
  }

  /** Returns the bilinearly interpolated value at a point, the adjoint of {@link #bin}. */
  static double interpolate(double[][] values, double column, double row) {
    int j = (int) column;
    double tx = column - j;
    if (values.length == 1) {
      return (1 - tx) * values[0][j] + tx * values[0][j + 1];
    }
    int i = (int) row;
    double ty = row - i;
    return (1 - ty) * ((1 - tx) * values[i][j] + tx * values[i][j + 1])
        + ty * ((1 - tx) * values[i + 1][j] + tx * values[i + 1][j + 1]);
  }

  /** Multiplies all values by a factor, in place. */
  static void scale(double[][] values, double factor) {
    for (double[] row : values) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= factor;
      }
    }
  }
}
