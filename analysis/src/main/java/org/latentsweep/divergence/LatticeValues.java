package org.latentsweep.divergence;

/**
 * Operations on values at the nodes of a lattice, [rows, columns]. Points between nodes are given
 * by continuous indices of the column and of the row; the latter is ignored if there is one row.
 */
final class LatticeValues {
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

  /** Returns the sum of two arrays of the same shape. */
  static double[][] sum(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        sum[i][j] = a[i][j] + b[i][j];
      }
    }
    return sum;
  }
}
