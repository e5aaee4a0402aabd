package org.latentsweep.divergence;

import java.util.Arrays;

/**
 * Separable convolution of a [rows, nodes] array with a normal sampled at the nodes and cut off:
 * first along each row, then, where there is more than one, across rows. The inner loops are sums
 * of array rows, eight operands at a time, which the JIT compiler vectorises.
 *
 * <p>Samples reach the array by linear binning, which spreads each over two nodes per axis: as if
 * it had been convolved with a triangle, of variance step^2 / 6 when averaged over positions
 * between the nodes. The normal's variance is less by as much, so that the two together have the
 * variance asked for (Hall and Wand 1996, "On the accuracy of binned kernel density estimators",
 * without this correction).
 */
final class GaussianConvolution {
  private static final int UNROLL = 4;
  private static final double BINNING_VARIANCE = 1.0 / 6;

  private final double[]
      taps; // [reach + 1], reach a multiple of UNROLL; they sum to 1 over -reach..reach
  private final int reach;

  /**
   * Takes the kernel.
   *
   * @param sd standard deviation including that of binning, in steps, above 1
   * @param reach cut-off, in steps
   */
  GaussianConvolution(double sd, double reach) {
    this.reach = UNROLL * (int) Math.ceil(reach / UNROLL);
    double variance = sd * sd - BINNING_VARIANCE;
    taps = new double[this.reach + 1];
    double total = 0;
    for (int k = 0; k <= this.reach; k++) {
      taps[k] = Math.exp(-k * k / (2 * variance));
      total += k == 0 ? taps[k] : 2 * taps[k];
    }
    for (int k = 0; k <= this.reach; k++) {
      taps[k] /= total;
    }
  }

  /** The sum over nodes of in times the kernel centred at each node; beyond the array in is 0. */
  double[][] apply(double[][] in) {
    int rows = in.length;
    int nodes = in[0].length;
    double[] zeros = new double[nodes];
    double[] padded = new double[nodes + 2 * reach];
    double[][] along = new double[rows][];
    for (int i = 0; i < rows; i++) {
      along[i] = isZero(in[i]) ? zeros : alongRow(in[i], padded);
    }
    return rows == 1 ? along : acrossRows(along, zeros);
  }

  private static boolean isZero(double[] row) {
    for (double value : row) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private double[] alongRow(double[] row, double[] padded) {
    int nodes = row.length;
    System.arraycopy(row, 0, padded, reach, nodes);
    double[] out = new double[nodes];
    for (int j = 0; j < nodes; j++) {
      out[j] = taps[0] * row[j];
    }
    for (int k = 1; k <= reach; k += UNROLL) {
      addShifted(out, padded, reach - k, reach + k, taps[k], taps[k + 1], taps[k + 2], taps[k + 3]);
    }
    return out;
  }

  private static void addShifted(
      double[] out, double[] in, int l, int r, double w0, double w1, double w2, double w3) {
    for (int j = 0; j < out.length; j++) {
      out[j] +=
          w0 * (in[l + j] + in[r + j])
              + w1 * (in[l - 1 + j] + in[r + 1 + j])
              + w2 * (in[l - 2 + j] + in[r + 2 + j])
              + w3 * (in[l - 3 + j] + in[r + 3 + j]);
    }
  }

  private double[][] acrossRows(double[][] in, double[] zeros) {
    int rows = in.length;
    // rows beyond either end are zero
    double[][] padded = new double[rows + 2 * reach][];
    Arrays.fill(padded, zeros);
    System.arraycopy(in, 0, padded, reach, rows);
    double[][] out = new double[rows][zeros.length];
    for (int i = 0; i < rows; i++) {
      addRow(out[i], in[i], taps[0]);
      int c = reach + i;
      for (int k = 1; k <= reach; k += UNROLL) {
        addRows(out[i], padded, zeros, c, k);
      }
    }
    return out;
  }

  private static void addRow(double[] out, double[] in, double w) {
    for (int j = 0; j < out.length; j++) {
      out[j] += w * in[j];
    }
  }

  /** Adds the rows at distance k to k + 3 on either side of row c. */
  private void addRows(double[] out, double[][] rows, double[] zeros, int c, int k) {
    boolean empty = true;
    for (int m = k; m < k + UNROLL; m++) {
      empty &= rows[c - m] == zeros && rows[c + m] == zeros;
    }
    if (empty) {
      return;
    }
    addFour(
        out,
        rows[c - k],
        rows[c + k],
        taps[k],
        rows[c - k - 1],
        rows[c + k + 1],
        taps[k + 1],
        rows[c - k - 2],
        rows[c + k + 2],
        taps[k + 2],
        rows[c - k - 3],
        rows[c + k + 3],
        taps[k + 3]);
  }

  private static void addFour(
      double[] out,
      double[] a0,
      double[] b0,
      double w0,
      double[] a1,
      double[] b1,
      double w1,
      double[] a2,
      double[] b2,
      double w2,
      double[] a3,
      double[] b3,
      double w3) {
    for (int j = 0; j < out.length; j++) {
      out[j] +=
          w0 * (a0[j] + b0[j]) + w1 * (a1[j] + b1[j]) + w2 * (a2[j] + b2[j]) + w3 * (a3[j] + b3[j]);
    }
  }
}
