package org.latentsweep.mapping;

import java.util.Arrays;
import org.latentsweep.network.Activation;

/**
 * A dense layer, a = f(W^T x + b), in double precision. Immutable.
 *
 * <p>Products are computed by adding whole rows of weights, four at a time, which the virtual
 * machine vectorises. Rows whose coefficient is 0, about half of those after a ReLU, are skipped.
 */
final class DenseLayer {
  /** Rows added at a time: see {@link #addFour}. */
  private static final int ROWS = 4;

  private final int in;
  private final int out;
  private final Activation activation;
  private final double[][] byInput; // W [in][out]
  private final double[][] byOutput; // W^T [out][in]
  private final double[] bias; // [out]

  /**
   * Makes a layer.
   *
   * @param in number of inputs
   * @param out number of outputs
   * @param activation f
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

  /** Returns the number of inputs. */
  int in() {
    return in;
  }

  /** Returns the number of outputs. */
  int out() {
    return out;
  }

  /** Fills a, [out], with the activations for x, [in]. */
  void forward(double[] x, double[] a) {
    System.arraycopy(bias, 0, a, 0, out);
    addRows(x, in, byInput, out, a);
    for (int j = 0; j < out; j++) {
      a[j] = activation.value(a[j]);
    }
  }

  /**
   * Computes the activations of many inputs, in single precision.
   *
   * @param x inputs, [in][n]
   * @param a filled with the activations, [out][n]
   */
  void forward(float[][] x, float[][] a) {
    for (int j = 0; j < out; j++) {
      float[] sum = a[j];
      double[] w = byOutput[j];
      Arrays.fill(sum, (float) bias[j]);
      int i = 0;
      for (; i + ROWS <= in; i += ROWS) {
        addFour(
            x[i],
            x[i + 1],
            x[i + 2],
            x[i + 3],
            (float) w[i],
            (float) w[i + 1],
            (float) w[i + 2],
            (float) w[i + 3],
            sum);
      }
      for (; i < in; i++) {
        add(x[i], (float) w[i], sum);
      }
      activate(sum);
    }
  }

  private static void addFour(
      float[] a,
      float[] b,
      float[] c,
      float[] d,
      float wa,
      float wb,
      float wc,
      float wd,
      float[] sum) {
    for (int n = 0; n < sum.length; n++) {
      sum[n] += wa * a[n] + wb * b[n] + (wc * c[n] + wd * d[n]);
    }
  }

  private static void add(float[] a, float w, float[] sum) {
    for (int n = 0; n < sum.length; n++) {
      sum[n] += w * a[n];
    }
  }

  private void activate(float[] sum) {
    switch (activation.kind()) {
      case RELU, LEAKY_RELU -> {
        float slope = (float) activation.slope();
        for (int n = 0; n < sum.length; n++) {
          sum[n] = sum[n] > 0 ? sum[n] : slope * sum[n];
        }
      }
      case TANH -> {
        for (int n = 0; n < sum.length; n++) {
          sum[n] = (float) Math.tanh(sum[n]);
        }
      }
      case LINEAR -> {
        // a = z
      }
    }
  }

  /**
   * Propagates a gradient from the activations of the layer back to its input.
   *
   * @param a activations that {@link #forward} computed
   * @param da gradient with respect to a, [out]; this method multiplies it by f'
   * @param dx filled with the gradient with respect to x, [in]
   */
  void backward(double[] a, double[] da, double[] dx) {
    for (int j = 0; j < out; j++) {
      da[j] *= activation.derivative(a[j]);
    }
    Arrays.fill(dx, 0, in, 0);
    addRows(da, out, byOutput, in, dx);
  }

  /** Adds sum_i c_i rows_i, [width], to sum, over those of the n coefficients that are not 0. */
  private static void addRows(double[] c, int n, double[][] rows, int width, double[] sum) {
    int[] at = new int[n + ROWS]; // the last four are filled up with row 0, times 0
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

  /** Takes four arrays and not one with four offsets, because HotSpot does not vectorise that. */
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
