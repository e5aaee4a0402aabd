package org.latentsweep.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;

/**
 * A network in double precision, with back-propagation and Adam in plain loops. The other networks
 * are tested against it.
 */
final class ReferenceMlp implements Mlp {
  private final MlpSpec spec;
  private final AdamSpec adam;
  private final int[] sizes;
  private final double[] parameters; // layer by layer: W_l [in, out], b_l [out]
  private final double[] gradient;
  private final double[] m; // Adam's first moment
  private final double[] v; // Adam's second moment
  private final double[][] activations; // a_l [rows, size_l]
  private int rows;
  private int updates;

  ReferenceMlp(MlpSpec spec, AdamSpec adam, int[] sizes, float[] initial) {
    this.spec = spec;
    this.adam = adam;
    this.sizes = sizes;
    parameters = new double[initial.length];
    for (int i = 0; i < initial.length; i++) {
      parameters[i] = initial[i];
    }
    gradient = new double[initial.length];
    m = new double[initial.length];
    v = new double[initial.length];
    activations = new double[sizes.length][];
  }

  @Override
  public double[] forward(double[] x, int rows) {
    this.rows = rows;
    activations[0] = x;
    int w = 0; // where W_l starts
    for (int l = 0; l + 1 < sizes.length; l++) {
      int in = sizes[l];
      int out = sizes[l + 1];
      int b = w + in * out; // where b_l starts
      double[] a = new double[Math.multiplyExact(rows, out)];
      for (int r = 0; r < rows; r++) {
        for (int j = 0; j < out; j++) {
          double z = parameters[b + j];
          for (int i = 0; i < in; i++) {
            z += activations[l][r * in + i] * parameters[w + i * out + j];
          }
          a[r * out + j] = spec.activationAfter(l).value(z);
        }
      }
      activations[l + 1] = a;
      w = b + out;
    }
    return activations[sizes.length - 1];
  }

  @Override
  public void backward(double[] outputGradient) {
    propagate(outputGradient, true);
  }

  @Override
  public double[] backwardToInput(double[] outputGradient) {
    return propagate(outputGradient, false);
  }

  private double[] propagate(double[] outputGradient, boolean toParameters) {
    double[] da = outputGradient; // dL/da_{l+1} [rows, out]
    int end = parameters.length; // where layer l's parameters end
    for (int l = sizes.length - 2; l >= 0; l--) {
      int in = sizes[l];
      int out = sizes[l + 1];
      int b = end - out;
      int w = b - in * out;
      double[] dz = new double[Math.multiplyExact(rows, out)];
      for (int i = 0; i < dz.length; i++) {
        dz[i] = da[i] * spec.activationAfter(l).derivative(activations[l + 1][i]);
      }
      if (toParameters) {
        parameterGradient(activations[l], dz, w, b, in, out);
      }
      da = new double[Math.multiplyExact(rows, in)]; // dz W^T
      for (int r = 0; r < rows; r++) {
        for (int i = 0; i < in; i++) {
          for (int j = 0; j < out; j++) {
            da[r * in + i] += dz[r * out + j] * parameters[w + i * out + j];
          }
        }
      }
      end = w;
    }
    return da;
  }

  /** Computes dL/dW = a^T dz and dL/db = 1^T dz. */
  private void parameterGradient(double[] a, double[] dz, int w, int b, int in, int out) {
    Arrays.fill(gradient, w, b + out, 0);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < out; j++) {
        gradient[b + j] += dz[r * out + j];
        for (int i = 0; i < in; i++) {
          gradient[w + i * out + j] += a[r * in + i] * dz[r * out + j];
        }
      }
    }
  }

  @Override
  public boolean update() {
    updates++;
    boolean finite = true;
    double correction1 = 1 - Math.pow(adam.beta1(), updates);
    double correction2 = 1 - Math.pow(adam.beta2(), updates);
    for (int i = 0; i < parameters.length; i++) {
      m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * gradient[i];
      v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * gradient[i] * gradient[i];
      parameters[i] -=
          adam.learningRate()
              * (m[i] / correction1)
              / (Math.sqrt(v[i] / correction2) + adam.epsilon());
      finite &= Double.isFinite(parameters[i]);
    }
    return finite;
  }

  /** Returns the parameters themselves, not a copy, for numerical differentiation. */
  double[] exactParameters() {
    return parameters;
  }

  @Override
  public float[] parameters() {
    float[] copy = new float[parameters.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (float) parameters[i];
    }
    return copy;
  }

  @Override
  public void save(DataOutput out) throws IOException {
    ExactNumbers.write(out, parameters);
    ExactNumbers.write(out, m);
    ExactNumbers.write(out, v);
    out.writeInt(updates);
  }

  @Override
  public void load(DataInput in) throws IOException {
    ExactNumbers.read(in, parameters);
    ExactNumbers.read(in, m);
    ExactNumbers.read(in, v);
    updates = in.readInt();
  }

  @Override
  public void close() {}
}
