package org.latentsweep.divergence;

import java.util.Arrays;

/**
 * Separable convolution of a [rows, nodes] array with a normal that is sampled at the nodes and cut
 * off.
 *
 * <p>Samples are put into the array by linear binning, which spreads each over two nodes per axis,
 * as a convolution with a triangle would whose variance is step^2 / 6 as an average over positions
 * between the nodes. The variance of the normal is smaller by as much, so that the two together
 * have the variance asked for (Wand 1994, "Fast computation of multivariate kernel estimators").
 *
 * <p>The second axis is convolved by adding a scaled kernel for each node that is not 0, of which
 * binned samples leave few, and the first one by summing whole rows. Two pairs of taps are added at
 * a time there, because the compiler does not vectorise sums of more operands.
 */
final class GaussianConvolution {
  /** Variance of linear binning in steps^2: see the class. */
  static final double BINNING_VARIANCE = 1.0 / 6;

  private final int reach; // steps, even
  private final double[] taps; // [reach + 1], which sum to 1 over -reach..reach
  private final double[] kernel; // [2 reach + 1], the taps over -reach..reach

  /**
   * Samples the normal.
   *
   * @param sd standard deviation in steps, including that of binning; its square is above 1/6
   * @param reach distance in steps at which the normal is cut off, rounded up to a multiple of 2
   */
  GaussianConvolution(double sd, double reach) {
    this.reach = 2 * (int) Math.ceil(reach / 2);
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
    kernel = new double[2 * this.reach + 1];
    Arrays.setAll(kernel, k -> taps[Math.abs(k - this.reach)]);
  }

  /** Returns the convolution of an array [rows, nodes], which is taken to be 0 outside. */
  double[][] apply(double[][] in) {
    double[][] alongRows = new double[in.length][];
    for (int i = 0; i < in.length; i++) {
      alongRows[i] = alongRow(in[i]);
    }
    return in.length == 1 ? alongRows : acrossRows(alongRows);
  }

  private double[] alongRow(double[] in) {
    double[] out = new double[in.length];
    for (int j = 0; j < in.length; j++) {
      if (in[j] != 0) {
        int from = Math.max(0, j - reach);
        int to = Math.min(out.length, j + reach + 1);
        addKernel(out, from, to, reach - j, in[j]);
      }
    }
    return out;
  }

  private void addKernel(double[] out, int from, int to, int shift, double weight) {
    for (int j = from; j < to; j++) {
      out[j] += weight * kernel[j + shift];
    }
  }

  private double[][] acrossRows(double[][] in) {
    int rows = in.length;
    double[] zeros = new double[in[0].length];
    double[][] padded = new double[rows + 2 * reach][];
    Arrays.fill(padded, zeros);
    for (int i = 0; i < rows; i++) {
      padded[reach + i] = isZero(in[i]) ? zeros : in[i];
    }
    double[][] out = new double[rows][zeros.length];
    for (int i = 0; i < rows; i++) {
      int c = reach + i;
      addPair(out[i], padded[c], zeros, taps[0]);
      for (int k = 1; k < reach; k += 2) {
        double[] a = padded[c - k];
        double[] b = padded[c + k];
        double[] d = padded[c - k - 1];
        double[] e = padded[c + k + 1];
        if (a != zeros || b != zeros || d != zeros || e != zeros) {
          addPairs(out[i], a, b, taps[k], d, e, taps[k + 1]);
        }
      }
    }
    return out;
  }

  private static boolean isZero(double[] row) {
    for (double value : row) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static void addPair(double[] out, double[] a, double[] b, double w) {
    for (int j = 0; j < out.length; j++) {
      out[j] += w * (a[j] + b[j]);
    }
  }

  private static void addPairs(
      double[] out, double[] a, double[] b, double w, double[] d, double[] e, double v) {
    for (int j = 0; j < out.length; j++) {
      out[j] += w * (a[j] + b[j]) + v * (d[j] + e[j]);
    }
  }
}
