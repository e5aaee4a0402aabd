package org.latentsweep.mapping;

import java.util.Arrays;
import org.latentsweep.network.Activation;

/**
 * One dense layer, a = f(W^T x + b), in double precision. Immutable.
 *
 * <p>Products are sums of whole rows of weights, four rows at a time, which the virtual machine
 * turns into vector instructions; rows with coefficient 0, half of them behind a ReLU, are left
 * out.
 */
final class DenseLayer {
  private static final int ROWS = 4;

  private final int in;
  private final int out;
  private final Activation activation;
  private final double[][] byInput; // W [in][out]
  private final double[][] byOutput; // W^T [out][in]
  private final double[] bias; // [out]

  /**
   * Takes the parameters.
   *
   * @param parameters W [in, out] column-major, then b [out]
   */
  DenseLayer(int in, int out, Activation activation, float[] parameters) {
    this.in = in;
    this.out = out;
    this.activation = activation;
    byInput = new double[in][out];
    byOutput = new double[out][in];
    bias = new double[out];
    for (int j = 0; j < out; j++) {
      for (int i = 0; i < in; i++) {
        byOutput[j][i] = parameters[j * in + i];
        byInput[i][j] = parameters[j * in + i];
      }
      bias[j] = parameters[in * out + j];
    }
  }

  int in() {
    return in;
  }

  int out() {
    return out;
  }

  /** Fills a [out] from x [in]. */
  void forward(double[] x, double[] a) {
    System.arraycopy(bias, 0, a, 0, out);
    addRows(x, in, byInput, out, a);
    for (int j = 0; j < out; j++) {
      a[j] = activation.value(a[j]);
    }
  }

  /**
   * Takes a gradient from the layer's activations to its input.
   *
   * @param a what {@link #forward} gave
   * @param da a gradient with respect to a [out]; multiplied by f'
   * @param dx filled with the gradient with respect to x [in]
   */
  void backward(double[] a, double[] da, double[] dx) {
    for (int j = 0; j < out; j++) {
      da[j] *= activation.derivative(a[j]);
    }
    Arrays.fill(dx, 0, in, 0);
    addRows(da, out, byOutput, in, dx);
  }

  /** sum [width] += sum_i c_i rows_i [width], over the n coefficients that are not 0. */
  private static void addRows(double[] c, int n, double[][] rows, int width, double[] sum) {
    int[] at = new int[n + ROWS]; // ends in what fills up the last four: row 0, times 0
    double[] w = new double[n + ROWS];
    int used = 0;
    for (int i = 0; i < n; i++) {
      if (c[i] != 0) {
        at[used] = i;
        w[used++] = c[i];
      }
    }
    for (int i = 0; i < used; i += ROWS) {
      addFour(rows[at[i]], rows[at[i + 1]], rows[at[i + 2]], rows[at[i + 3]], w, i, width, sum);
    }
  }

  /** Four arrays rather than one with four offsets: those, HotSpot does not vectorise. */
  private static void addFour(
      double[] a, double[] b, double[] c, double[] d, double[] w, int i, int width, double[] sum) {
    double wa = w[i];
    double wb = w[i + 1];
    double wc = w[i + 2];
    double wd = w[i + 3];
    for (int j = 0; j < width; j++) {
      sum[j] += wa * a[j] + wb * b[j] + (wc * c[j] + wd * d[j]);
    }
  }
}
