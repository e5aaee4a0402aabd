package org.latentsweep.divergence;

/**
 * Binning of points onto a lattice by the quadratic B-spline, which spreads each over three nodes
 * per axis. Unlike that of linear binning, the variance that it adds is the same wherever a point
 * lies between the nodes, so that a convolution with a normal of less variance makes up for it
 * exactly even for points on a line or at one place.
 */
final class QuadraticBinning {
  /** Variance of the weights of three nodes around a point, in steps^2. */
  private static final double VARIANCE = 0.25;

  private QuadraticBinning() {}

  /**
   * Adds a weight to the nodes around a point.
   *
   * @param onto [rows, columns]
   * @param column continuous index of the column
   * @param row continuous index of the row, which is ignored if there is one row
   */
  static void add(double[][] onto, double column, double row, double weight) {
    int j = (int) Math.round(column);
    double tx = column - j;
    if (onto.length == 1) {
      addRow(onto[0], j, tx, weight);
      return;
    }
    int i = (int) Math.round(row);
    double ty = row - i;
    addRow(onto[i - 1], j, tx, weight * below(ty));
    addRow(onto[i], j, tx, weight * (0.75 - ty * ty));
    addRow(onto[i + 1], j, tx, weight * below(-ty));
  }

  private static void addRow(double[] row, int j, double t, double weight) {
    row[j - 1] += weight * below(t);
    row[j] += weight * (0.75 - t * t);
    row[j + 1] += weight * below(-t);
  }

  /** Returns the weight of the node below the nearest, for a point t in [-1/2, 1/2] above it. */
  private static double below(double t) {
    return 0.5 * (0.5 - t) * (0.5 - t);
  }

  /**
   * Returns the convolution that smooths points so binned by a normal.
   *
   * @param sd its standard deviation in steps
   * @param reach distance in steps at which it is cut off
   */
  static GaussianConvolution convolution(double sd, double reach) {
    double asLinear = sd * sd - VARIANCE + GaussianConvolution.BINNING_VARIANCE;
    return new GaussianConvolution(Math.sqrt(asLinear), reach);
  }
}
