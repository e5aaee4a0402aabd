package org.latentsweep.training;

import static org.latentsweep.training.VectorProducts.LANES;
import static org.latentsweep.training.VectorProducts.SPECIES;
import static org.latentsweep.training.VectorProducts.TILE;
import static org.latentsweep.training.VectorProducts.roundUp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.training.VectorProducts.Epilogue;
import org.latentsweep.training.VectorProducts.Layout;
import org.latentsweep.training.VectorProducts.Panels;
import org.latentsweep.training.VectorProducts.Rows;

/**
 * A network in single precision that uses vector instructions through {@code jdk.incubator.vector}.
 * {@link VectorProducts} contains the matrix products and the layout of the matrices.
 *
 * <p>Parameters, gradient and moments are always stored in panels [W; b], so that after an update
 * only W^T has to be copied; activations have a column of ones that is multiplied by b. The padding
 * of the parameters is always 0: its gradient is 0, and Adam does not change it. In a backward pass
 * dL/dz_l overwrites a_l, one block of rows at a time while both are in the cache, so that each
 * forward pass allows only one backward pass.
 */
final class VectorMlp implements Mlp {
  /**
   * The number of rows that pass through all layers together: a multiple of the tile's rows, with
   * which the activations of a study's networks fit into the L2 cache.
   */
  private static final int BLOCK_ROWS = 95;

  /**
   * The maximum number of rows over which a gradient is summed before it is added to the sum of the
   * rows before them. 256 rows were 4% faster than 128 with AVX-512 (BENCHMARKS.md). The bits of a
   * run depend on it.
   */
  static final int MAX_GRADIENT_ROWS = 256;

  private final VectorProducts products;
  private final float[] data; // all matrices but the gradient; belongs to the products
  private final float[] g; // dL/dw, at the indices that w has in data
  private final Adam adam;
  private final Activation[] activations; // a_l is the result of activation l
  private final Panels[] w; // [W_l; b_l]
  private final Panels[] transposed; // W_l^T
  private final Rows[] a; // a_l [B, size_l]; then dL/dz_l
  private final Rows da; // dL/da_l, for activations that are not piecewise linear
  private final double[] input; // dL/dx
  private final double[] output;
  private int rows;

  VectorMlp(MlpSpec spec, AdamSpec adam, int[] sizes, int batch, float[] initial) {
    int layers = sizes.length - 1;
    Layout layout = new Layout();
    w = new Panels[layers];
    Arrays.setAll(w, l -> new Panels(layout, sizes[l] + 1, sizes[l + 1]));
    g = new float[layout.size()];
    transposed = new Panels[layers];
    Arrays.setAll(transposed, l -> new Panels(layout, sizes[l + 1], sizes[l]));
    a = new Rows[sizes.length];
    Arrays.setAll(a, l -> new Rows(layout, batch, sizes[l]));
    int maxSize = Arrays.stream(sizes).max().orElseThrow();
    da = new Rows(layout, batch, maxSize);
    products = new VectorProducts(layout, maxSize + 1);
    data = products.data;
    activations = new Activation[sizes.length];
    for (int l = 0; l < sizes.length; l++) {
      activations[l] = l == 0 ? Activation.LINEAR : spec.activationAfter(l - 1);
    }
    this.adam = new Adam(adam, g.length);
    input = new double[Math.multiplyExact(batch, sizes[0])];
    output = new double[Math.multiplyExact(batch, sizes[layers])];
    copyParameters(initial, true);
    transpose();
  }

  /**
   * Copies the parameters between an array and the panels.
   *
   * @param plain the array: layer by layer, weights [in, out] row-major, then biases
   * @param toPanels the direction: into the panels, or into the array
   */
  private void copyParameters(float[] plain, boolean toPanels) {
    int next = 0;
    for (Panels layer : w) {
      for (int i = 0; i < layer.rows; i++) {
        for (int j = 0; j < layer.columns; j++) {
          int at = layer.index(i, j);
          if (toPanels) {
            data[at] = plain[next++];
          } else {
            plain[next++] = data[at];
          }
        }
      }
    }
  }

  /** Copies W^T of all layers. */
  private void transpose() {
    for (int l = 0; l < w.length; l++) {
      products.transpose(w[l], transposed[l]);
    }
  }

  @Override
  public double[] forward(double[] x, int n) {
    rows = n;
    load(x);
    int end = roundUp(rows, TILE); // rows of zeros fill the last tile
    for (int from = 0; from < end; from += BLOCK_ROWS) {
      int to = Math.min(from + BLOCK_ROWS, end);
      for (int l = 0; l < w.length; l++) {
        forward(l, from, to);
      }
    }
    return store(a[w.length], output);
  }

  /** Computes a_{l+1} = f([a_l 1] [W; b]) for the rows [from, to). */
  private void forward(int l, int from, int to) {
    Rows out = a[l + 1];
    Activation f = activations[l + 1];
    products.multiply(a[l], from, to, w[l], transposed[l], out, Epilogue.ACTIVATE, slope(f));
    if (f.kind() == Activation.Kind.TANH) {
      tanh(out, from, to);
    }
    if (l + 1 < w.length) {
      ones(out, from, to);
    }
  }

  /**
   * Returns the slope of a piecewise linear function below 0, and 1 for tanh, which is applied in a
   * separate pass.
   */
  private static float slope(Activation f) {
    return switch (f.kind()) {
      case RELU, LEAKY_RELU -> (float) f.slope();
      case LINEAR, TANH -> 1;
    };
  }

  /** Fills the column after the last one with ones, for the rows [from, to). */
  private void ones(Rows a, int from, int to) {
    for (int r = from; r < to; r++) {
      data[a.index(r, a.columns)] = 1;
    }
  }

  /** Copies the input into a_0. */
  private void load(double[] x) {
    Rows to = a[0];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < to.columns; j++) {
        data[to.index(r, j)] = (float) x[r * to.columns + j];
      }
    }
    Arrays.fill(data, to.index(rows, 0), to.index(roundUp(rows, TILE), 0), 0);
    ones(to, 0, rows);
  }

  private double[] store(Rows from, double[] to) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < from.columns; j++) {
        to[r * from.columns + j] = data[from.index(r, j)];
      }
    }
    return to;
  }

  @Override
  public void backward(double[] outputGradient) {
    loadOutputGradient(outputGradient);
    for (int l = w.length - 1; l >= 0; l--) {
      int done = 0; // the rows of a_l before this one already hold dL/dz_l
      for (int from = 0; from < rows; from += MAX_GRADIENT_ROWS) {
        int to = Math.min(from + MAX_GRADIENT_ROWS, rows);
        products.gradient(a[l], a[l + 1], from, to, g, w[l], from > 0);
        int end = to == rows ? roundUp(to, TILE) : to / TILE * TILE;
        if (l > 0) {
          gradientBelow(l, done, end);
        }
        done = end;
      }
    }
  }

  @Override
  public double[] backwardToInput(double[] outputGradient) {
    loadOutputGradient(outputGradient);
    int end = roundUp(rows, TILE);
    for (int from = 0; from < end; from += BLOCK_ROWS) {
      for (int l = w.length - 1; l >= 0; l--) {
        gradientBelow(l, from, Math.min(from + BLOCK_ROWS, end));
      }
    }
    return store(a[0], input);
  }

  /** Replaces the output by dL/dz of the last layer. */
  private void loadOutputGradient(double[] outputGradient) {
    Rows last = a[w.length];
    Activation f = activations[w.length];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < last.columns; j++) {
        int at = last.index(r, j);
        data[at] = (float) (outputGradient[r * last.columns + j] * f.derivative(data[at]));
      }
    }
    Arrays.fill(data, last.index(rows, 0), last.index(roundUp(rows, TILE), 0), 0);
  }

  /** Replaces a_l by dL/dz_l = (dL/dz_{l+1} W_l^T) f'(z_l) for the rows [from, to). */
  private void gradientBelow(int l, int from, int to) {
    Activation f = activations[l];
    boolean piecewiseLinear = f.kind() != Activation.Kind.TANH;
    products.multiply(
        a[l + 1],
        from,
        to,
        transposed[l],
        w[l],
        piecewiseLinear ? a[l] : da,
        piecewiseLinear ? Epilogue.GATE : Epilogue.ACTIVATE,
        slope(f));
    if (!piecewiseLinear) {
      timesSlopeOfTanh(a[l], from, to);
    }
  }

  /** Computes a = tanh(a) for the rows [from, to). */
  private void tanh(Rows a, int from, int to) {
    int end = a.index(to, 0);
    for (int i = a.index(from, 0); i < end; i += LANES) {
      tanh(FloatVector.fromArray(SPECIES, data, i)).intoArray(data, i);
    }
  }

  /**
   * Returns tanh(z). It evaluates the seventh convergent of Lambert's continued fraction, z / (1 +
   * z^2 / (3 + z^2 / (5 + ...))), at z / 8 and doubles the argument three times by tanh(2 y) = 2 t
   * / (1 + t^2) with t = tanh(y). That is exact to 1e-9 up to |z| = 9, beyond which tanh is 1 in
   * single precision. {@code VectorOperators.TANH} is not used because its bits before compilation
   * differ from those after.
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

  /** Computes a = (1 - a^2) da for the rows [from, to); the padding of a row becomes 0. */
  private void timesSlopeOfTanh(Rows a, int from, int to) {
    for (int r = from; r < to; r++) {
      int daAt = da.index(r, 0);
      int at = a.index(r, 0);
      for (int j = 0; j < a.columns; j += LANES) {
        FloatVector d = FloatVector.fromArray(SPECIES, data, daAt + j);
        FloatVector y = FloatVector.fromArray(SPECIES, data, at + j);
        d = d.sub(d.mul(y).mul(y));
        if (j + LANES > a.columns) { // the padding of da holds numbers of other layers
          d = FloatVector.zero(SPECIES).blend(d, SPECIES.indexInRange(j, a.columns));
        }
        d.intoArray(data, at + j);
      }
    }
  }

  @Override
  public boolean update() {
    adam.step(data, g);
    transpose();
    return finite();
  }

  /** Returns whether all parameters are finite: 0 x is 0 if x is finite, and otherwise NaN. */
  private boolean finite() {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = w[0].index(0, 0); i < g.length; i += LANES) {
      sum = FloatVector.fromArray(SPECIES, data, i).mul(0).add(sum);
    }
    return sum.compare(VectorOperators.EQ, 0).allTrue();
  }

  @Override
  public float[] parameters() {
    float[] plain = new float[Arrays.stream(w).mapToInt(layer -> layer.rows * layer.columns).sum()];
    copyParameters(plain, false);
    return plain;
  }

  /** Writes the parameters in the order of the panels, which depends on the number of lanes. */
  @Override
  public void save(DataOutput out) throws IOException {
    ExactNumbers.write(out, Arrays.copyOf(data, g.length));
    adam.save(out);
  }

  @Override
  public void load(DataInput in) throws IOException {
    float[] panels = new float[g.length];
    ExactNumbers.read(in, panels);
    System.arraycopy(panels, 0, data, 0, panels.length);
    adam.load(in);
    transpose();
  }

  @Override
  public void close() {}
}
