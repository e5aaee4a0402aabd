package org.latentsweep.divergence;

import java.util.Arrays;

/**
 * Separable convolution of a [rows, nodes] array with a normal sampled at the nodes and cut off.
 * Each axis is convolved by summing whole rows, which the JIT compiler vectorises; the array is
 * transposed for the axis that runs along them. Pairs of taps are taken two at a time: sums of more
 * operands, or of shifted ones, the compiler leaves scalar.
 *
 * <p>Samples reach the array by linear binning, which spreads each over two nodes per axis: as if
 * it had been convolved with a triangle, of variance step^2 / 6 when averaged over positions
 * between the nodes. The normal's variance is less by as much, so that the two together have the
 * variance asked for (binning: Wand 1994, "Fast computation of multivariate kernel estimators").
 */
final class GaussianConvolution {
  private static final double BINNING_VARIANCE = 1.0 / 6;
  private static final int BLOCK = 16;

  private final int reach; // steps, even
  private final double[] taps; // [reach + 1]; they sum to 1 over -reach..reach

  /**
   * Takes the kernel.
   *
   * @param sd standard deviation including that of binning, in steps, above 1
   * @param reach cut-off, in steps
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
  }

  /** At each node, the sum over nodes of in times the kernel; beyond the array in is 0. */
  double[][] apply(double[][] in) {
    double[][] acrossRows = in.length == 1 ? in : acrossRows(in);
    return transpose(acrossRows(transpose(acrossRows)));
  }

  private double[][] acrossRows(double[][] in) {
    int rows = in.length;
    double[] zeros = new double[in[0].length];
    // rows beyond either end are zero
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

  /** By blocks, so that what is read and what is written both stay in the cache. */
  private static double[][] transpose(double[][] in) {
    int rows = in.length;
    int columns = in[0].length;
    double[][] out = new double[columns][rows];
    for (int i = 0; i < rows; i += BLOCK) {
      for (int j = 0; j < columns; j += BLOCK) {
        transposeBlock(in, out, i, j);
      }
    }
    return out;
  }

  private static void transposeBlock(double[][] in, double[][] out, int i, int j) {
    int iEnd = Math.min(i + BLOCK, in.length);
    int jEnd = Math.min(j + BLOCK, out.length);
    for (int b = j; b < jEnd; b++) {
      double[] row = out[b];
      for (int a = i; a < iEnd; a++) {
        row[a] = in[a][b];
      }
    }
  }
}
