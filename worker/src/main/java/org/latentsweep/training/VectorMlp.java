package org.latentsweep.training;

import static org.latentsweep.training.VectorProducts.LANES;
import static org.latentsweep.training.VectorProducts.SPECIES;
import static org.latentsweep.training.VectorProducts.TILE;
import static org.latentsweep.training.VectorProducts.panelIndex;
import static org.latentsweep.training.VectorProducts.panelRows;
import static org.latentsweep.training.VectorProducts.panelSize;
import static org.latentsweep.training.VectorProducts.roundUp;
import static org.latentsweep.training.VectorProducts.stride;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;

/**
 * A network in single precision with the vector instructions that {@code jdk.incubator.vector}
 * reaches from Java; {@link VectorProducts} has the matrix products and the layout.
 *
 * <p>Parameters, gradient and moments lie in panels [W; b] for good, so that Adam's result needs no
 * packing but for W^T. What pads them is 0 and stays so: activations map 0 to 0, and Adam leaves a
 * parameter alone whose gradient is always 0. On the way back dL/dz_l overwrites a_l, row block by
 * row block, while both are in the cache; a forward pass is good for one backward pass.
 */
final class VectorMlp implements Mlp {
  /** Rows that go through the layers together: their activations fit the second cache. */
  private static final int BLOCK = 16 * TILE;

  private final Adam adam;
  private final int[] sizes;
  private final Activation[] activations; // of a_l
  private final int[] at; // where layer l's panels start
  private final float[] p; // [W_l; b_l] in panels, layer by layer
  private final float[] g; // dL/dp
  private final float[][] transposed; // W_l^T in panels
  private final float[][] a; // a_l [B, size_l]; then dL/dz_l
  private final float[] da; // of one block of rows
  private final double[] input; // dL/dx
  private final double[] output;
  private int rows;

  VectorMlp(MlpSpec spec, AdamSpec adam, int[] sizes, int batch, float[] initial) {
    this.sizes = sizes.clone();
    int layers = sizes.length - 1;
    activations = new Activation[sizes.length];
    activations[0] = Activation.LINEAR;
    at = new int[layers];
    transposed = new float[layers][];
    a = new float[sizes.length][];
    a[0] = new float[roundUp(batch, TILE) * stride(sizes[0])];
    int size = 0;
    int widest = sizes[0];
    for (int l = 0; l < layers; l++) {
      activations[l + 1] = spec.activationAfter(l);
      at[l] = size;
      size += panelSize(sizes[l], sizes[l + 1]);
      transposed[l] = new float[panelSize(sizes[l + 1], sizes[l])];
      a[l + 1] = new float[roundUp(batch, TILE) * stride(sizes[l + 1])];
      widest = Math.max(widest, sizes[l + 1]);
    }
    p = new float[size];
    g = new float[size];
    this.adam = new Adam(adam, size);
    da = new float[BLOCK * stride(widest)];
    input = new double[batch * sizes[0]];
    output = new double[batch * sizes[layers]];
    copyParameters(initial, true);
    transpose();
  }

  /** Between layer by layer, weights [in, out] row-major, then biases; and panels. */
  private void copyParameters(float[] plain, boolean in) {
    int from = 0;
    for (int l = 0; l < at.length; l++) {
      for (int i = 0; i <= sizes[l]; i++) {
        int row = i < sizes[l] ? i : panelRows(sizes[l]) - 1;
        for (int j = 0; j < sizes[l + 1]; j++) {
          int to = at[l] + panelIndex(row, j, sizes[l], sizes[l + 1]);
          if (in) {
            p[to] = plain[from++];
          } else {
            plain[from++] = p[to];
          }
        }
      }
    }
  }

  private void transpose() {
    for (int l = 0; l < at.length; l++) {
      VectorProducts.transpose(p, at[l], sizes[l], sizes[l + 1], transposed[l]);
    }
  }

  @Override
  public double[] forward(double[] x, int n) {
    rows = n;
    load(x, a[0], sizes[0]);
    int end = roundUp(rows, TILE); // zero rows fill the last tile
    for (int from = 0; from < end; from += BLOCK) {
      int to = Math.min(from + BLOCK, end);
      for (int l = 0; l < at.length; l++) {
        // a_{l+1} = f(a_l W + b)
        VectorProducts.multiply(a[l], from, to, p, at[l], sizes[l], sizes[l + 1], a[l + 1], 0);
        activate(activations[l + 1], a[l + 1], from, to, stride(sizes[l + 1]));
      }
    }
    return store(a[at.length], sizes[at.length], output);
  }

  private void load(double[] from, float[] to, int width) {
    int stride = stride(width);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < width; j++) {
        to[r * stride + j] = (float) from[r * width + j];
      }
    }
    Arrays.fill(to, rows * stride, roundUp(rows, TILE) * stride, 0);
  }

  private double[] store(float[] from, int width, double[] to) {
    int stride = stride(width);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < width; j++) {
        to[r * width + j] = from[r * stride + j];
      }
    }
    return to;
  }

  @Override
  public void backward(double[] outputGradient) {
    loadOutputGradient(outputGradient);
    Arrays.fill(g, 0);
    for (int l = at.length - 1; l >= 0; l--) {
      for (int from = 0; from < rows; from += BLOCK) {
        int to = Math.min(from + BLOCK, rows);
        VectorProducts.addGradient(a[l], a[l + 1], from, to, g, at[l], sizes[l], sizes[l + 1]);
        if (l > 0) {
          gradientBelow(l, from, roundUp(to, TILE));
        }
      }
    }
  }

  @Override
  public double[] backwardToInput(double[] outputGradient) {
    loadOutputGradient(outputGradient);
    int end = roundUp(rows, TILE);
    for (int from = 0; from < end; from += BLOCK) {
      for (int l = at.length - 1; l >= 0; l--) {
        gradientBelow(l, from, Math.min(from + BLOCK, end));
      }
    }
    return store(a[0], sizes[0], input);
  }

  private void loadOutputGradient(double[] outputGradient) {
    int last = at.length;
    int stride = stride(sizes[last]);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < sizes[last]; j++) {
        float f = a[last][r * stride + j];
        a[last][r * stride + j] =
            (float) (outputGradient[r * sizes[last] + j] * activations[last].derivative(f));
      }
    }
    Arrays.fill(a[last], rows * stride, roundUp(rows, TILE) * stride, 0);
  }

  /** dz_l = (dz_{l+1} W_l^T) f'(z_l), in the place of a_l, for some rows. */
  private void gradientBelow(int l, int from, int to) {
    VectorProducts.multiply(a[l + 1], from, to, transposed[l], 0, sizes[l + 1], sizes[l], da, from);
    timesSlope(activations[l], da, a[l], from, to, sizes[l]);
  }

  /** a = f(a) for some rows. */
  private static void activate(Activation f, float[] a, int from, int to, int stride) {
    int end = to * stride;
    switch (f.kind()) {
      case RELU -> {
        for (int i = from * stride; i < end; i += LANES) {
          FloatVector.fromArray(SPECIES, a, i).max(0).intoArray(a, i);
        }
      }
      case LEAKY_RELU -> {
        float slope = (float) f.slope();
        for (int i = from * stride; i < end; i += LANES) {
          FloatVector z = FloatVector.fromArray(SPECIES, a, i);
          z.max(z.mul(slope)).intoArray(a, i);
        }
      }
      case TANH -> {
        for (int i = from * stride; i < end; i += LANES) {
          tanh(FloatVector.fromArray(SPECIES, a, i)).intoArray(a, i);
        }
      }
      case LINEAR -> {}
    }
  }

  /**
   * tanh z = 2 t / (1 + t^2) with t = tanh(z / 2), three times over, from the seventh convergent of
   * Lambert's continued fraction, z / (1 + z^2 / (3 + z^2 / (5 + ...))), at z / 8, which is exact
   * to 1e-9 up to |z| = 9, whence tanh is 1. {@code VectorOperators.TANH} gives other bits before
   * it is compiled than after.
   */
  private static FloatVector tanh(FloatVector z) {
    FloatVector x = z.max(-9).min(9).mul(0.125f);
    FloatVector s = x.mul(x);
    FloatVector above = s.add(378).mul(s).add(17325).mul(s).add(135135).mul(x);
    FloatVector below = s.mul(28).add(3150).mul(s).add(62370).mul(s).add(135135);
    FloatVector t = above.div(below);
    t = t.add(t).div(t.mul(t).add(1));
    t = t.add(t).div(t.mul(t).add(1));
    return t.add(t).div(t.mul(t).add(1));
  }

  /** a = f'(z) da for some rows, from a = f(z); da has these rows alone. */
  private static void timesSlope(
      Activation f, float[] da, float[] a, int from, int to, int columns) {
    int stride = stride(columns);
    for (int r = from; r < to; r++) {
      int daAt = (r - from) * stride;
      int aAt = r * stride;
      switch (f.kind()) {
        case RELU, LEAKY_RELU -> {
          float slope = (float) f.slope();
          for (int j = 0; j < columns; j += LANES) {
            FloatVector d = FloatVector.fromArray(SPECIES, da, daAt + j);
            VectorMask<Float> above =
                FloatVector.fromArray(SPECIES, a, aAt + j).compare(VectorOperators.GT, 0);
            d.mul(slope).blend(d, above).intoArray(a, aAt + j);
          }
        }
        case TANH -> {
          for (int j = 0; j < columns; j += LANES) {
            FloatVector d = FloatVector.fromArray(SPECIES, da, daAt + j);
            FloatVector y = FloatVector.fromArray(SPECIES, a, aAt + j);
            d.sub(d.mul(y).mul(y)).intoArray(a, aAt + j);
          }
        }
        case LINEAR -> System.arraycopy(da, daAt, a, aAt, columns);
      }
    }
  }

  @Override
  public boolean update() {
    adam.step(p, g);
    transpose();
    return finite();
  }

  /** 0 x is 0 for finite x alone. */
  private boolean finite() {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < p.length; i += LANES) {
      sum = FloatVector.fromArray(SPECIES, p, i).mul(0).add(sum);
    }
    return sum.compare(VectorOperators.EQ, 0).allTrue();
  }

  @Override
  public float[] parameters() {
    int n = 0;
    for (int l = 0; l < at.length; l++) {
      n += (sizes[l] + 1) * sizes[l + 1];
    }
    float[] plain = new float[n];
    copyParameters(plain, false);
    return plain;
  }

  @Override
  public void close() {}
}
