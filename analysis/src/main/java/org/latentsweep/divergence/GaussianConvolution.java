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
 * <p>Each axis is convolved by summing whole rows, which the JIT compiler vectorises; the array is
 * transposed for the axis that runs along the rows. Two pairs of taps are added at a time, because
 * the compiler does not vectorise sums of more operands or of shifted ones.
 */
final class GaussianConvolution {
  /** Variance of linear binning in steps^2: see the class. */
  static final double BINNING_VARIANCE = 1.0 / 6;

  /** Side of the blocks of a transposition. Chosen by judgement: two blocks fit in the cache. */
  private static final int BLOCK = 16;

  private final int reach; // steps, even
  private final double[] taps; // [reach + 1], which sum to 1 over -reach..reach

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
  }

  /** Returns the convolution of an array [rows, nodes], which is taken to be 0 outside. */
  double[][] apply(double[][] in) {
    double[][] acrossRows = in.length == 1 ? in : acrossRows(in);
    return transpose(acrossRows(transpose(acrossRows)));
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

  /** Transposes block by block, so that what is read and what is written stay in the cache. */
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
