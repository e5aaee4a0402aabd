package org.latentsweep.training;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.MlpSpec;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A network in single precision, in ND4J arrays outside the Java heap. ND4J's BLAS computes the
 * matrix products, and ND4J operations that were chosen by measurement compute the rest. The arrays
 * are row-major and created once.
 *
 * <p>Every activation matrix ends with a column of ones. With a layer's parameters as one matrix P
 * = [W; b], both the affine map and its gradient are then single products: z = [a 1] P and dP = [a
 * 1]^T dz. The gradients with respect to activations have the same shape, with an unused last
 * column.
 *
 * <p>B is the batch size. A pass over up to B/2 rows computes B/2 rows, any other computes B.
 */
final class CpuMlp implements Mlp {
  private final Adam adam;
  private final int batch;
  private final List<INDArray> owned = new ArrayList<>();
  private final FloatPointer parameters; // P_l [in + 1, out], layer by layer
  private final FloatPointer gradient; // dL/dP_l
  private final float[] p; // a copy of the parameters
  private final float[] g;
  private final Matrix input; // [x 1]
  private final FloatPointer inputGradient; // dL/dx [B, in]
  private final Layer[] layers;
  private int rows; // that the last forward pass computed

  CpuMlp(MlpSpec spec, AdamSpec adam, int[] sizes, int batch, float[] initial) {
    this.batch = batch;
    p = initial.clone();
    g = new float[p.length];
    this.adam = new Adam(adam, p.length);
    parameters = pointer(array(p.length)).put(p);
    gradient = pointer(array(p.length));
    input = new Matrix(sizes[0]);
    input.array.assign(1);
    inputGradient = pointer(array(batch, sizes[0]));
    layers = new Layer[sizes.length - 1];
    int at = 0;
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new Layer(sizes[l], sizes[l + 1], spec.activationAfter(l), at);
      at += (sizes[l] + 1) * sizes[l + 1];
    }
  }

  private INDArray array(long... shape) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
    owned.add(array);
    return array;
  }

  /** Returns a pointer to the array's own memory. */
  private static FloatPointer pointer(INDArray array) {
    return new FloatPointer(array.data().pointer());
  }

  /** A matrix [B, width + 1], which is loaded from and stored to double-precision [B, width]. */
  private final class Matrix {
    private final int width;
    private final int stride;
    private final INDArray array;
    private final FloatPointer pointer;
    private float[] singles;
    private double[] doubles;

    Matrix(int width) {
      this.width = width;
      stride = width + 1;
      array = array(batch, stride);
      pointer = pointer(array);
    }

    /** Creates the buffers on first use, since most matrices are never copied to the heap. */
    private void createBuffers() {
      if (singles == null) {
        singles = new float[Math.multiplyExact(batch, stride)];
        doubles = new double[Math.multiplyExact(batch, width)];
      }
    }

    void load(double[] from, int n, float lastColumn) {
      createBuffers();
      for (int r = 0; r < n; r++) {
        for (int j = 0; j < width; j++) {
          singles[r * stride + j] = (float) from[r * width + j];
        }
        singles[r * stride + width] = lastColumn;
      }
      pointer.put(singles, 0, n * stride);
    }

    double[] store(int n) {
      createBuffers();
      pointer.get(singles, 0, n * stride);
      for (int r = 0; r < n; r++) {
        for (int j = 0; j < width; j++) {
          doubles[r * width + j] = singles[r * stride + j];
        }
      }
      return doubles;
    }

    INDArray upperHalf() {
      return array.get(NDArrayIndex.interval(0, batch / 2), NDArrayIndex.all());
    }
  }

  /**
   * One dense layer: its parameters and gradient, which are parts of the network's, and its
   * matrices.
   */
  private final class Layer {
    private final int in;
    private final int out;
    private final FloatPointer p; // P [in + 1, out]
    private final FloatPointer dp; // dL/dP
    private final Matrix a; // [activations 1]
    private final Matrix da; // dL/da, then dL/dz
    private final LayerOps whole; // on B rows
    private final LayerOps half; // on B/2 rows

    Layer(int in, int out, Activation activation, long at) {
      this.in = in;
      this.out = out;
      p = new FloatPointer(parameters).position(at);
      dp = new FloatPointer(gradient).position(at);
      a = new Matrix(out);
      da = new Matrix(out);
      Matrix slope = new Matrix(out);
      whole = new LayerOps(activation, a.array, da.array, slope.array);
      half = new LayerOps(activation, a.upperHalf(), da.upperHalf(), slope.upperHalf());
    }

    LayerOps ops() {
      return rows == batch ? whole : half;
    }
  }

  @Override
  public double[] forward(double[] x, int n) {
    rows = n <= batch / 2 ? batch / 2 : batch;
    input.load(x, n, 1);
    Matrix a = input;
    for (Layer l : layers) {
      // z = [a 1] P
      cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasNoTrans,
          rows,
          l.out,
          l.in + 1,
          1,
          a.pointer,
          a.stride,
          l.p,
          l.out,
          0,
          l.a.pointer,
          l.a.stride);
      l.ops().activate();
      a = l.a;
    }
    return a.store(n);
  }

  @Override
  public void backward(double[] outputGradient) {
    last().da.load(outputGradient, rows, 0);
    for (int i = layers.length - 1; i >= 0; i--) {
      Layer l = layers[i];
      Matrix a = i == 0 ? input : layers[i - 1].a;
      l.ops().activationGradient();
      // dP = [a 1]^T dz
      cblas_sgemm(
          CblasRowMajor,
          CblasTrans,
          CblasNoTrans,
          l.in + 1,
          l.out,
          rows,
          1,
          a.pointer,
          a.stride,
          l.da.pointer,
          l.da.stride,
          0,
          l.dp,
          l.out);
      if (i > 0) {
        gradientToLayerBelow(l, layers[i - 1].da.pointer, layers[i - 1].da.stride);
      }
    }
  }

  @Override
  public double[] backwardToInput(double[] outputGradient) {
    last().da.load(outputGradient, rows, 0);
    for (int i = layers.length - 1; i > 0; i--) {
      layers[i].ops().activationGradient();
      gradientToLayerBelow(layers[i], layers[i - 1].da.pointer, layers[i - 1].da.stride);
    }
    layers[0].ops().activationGradient();
    gradientToLayerBelow(layers[0], inputGradient, input.width);
    inputGradient.get(input.singles, 0, rows * input.width);
    for (int i = 0; i < rows * input.width; i++) {
      input.doubles[i] = input.singles[i];
    }
    return input.doubles;
  }

  /** Computes da = dz W^T. */
  private void gradientToLayerBelow(Layer l, FloatPointer da, int stride) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasTrans,
        rows,
        l.in,
        l.out,
        1,
        l.da.pointer,
        l.da.stride,
        l.p,
        l.out,
        0,
        da,
        stride);
  }

  private Layer last() {
    return layers[layers.length - 1];
  }

  @Override
  public boolean update() {
    gradient.get(g);
    // Adam runs on the heap because it takes a fraction of the time of ND4J's AdamUpdater, both
    // copies included.
    adam.step(p, g);
    parameters.put(p);
    return finite();
  }

  /**
   * Returns whether all parameters are finite: 0 x is 0 if x is finite, and otherwise NaN. There
   * are four sums because each addition to a single sum would wait for the one before it.
   */
  private boolean finite() {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 3 < p.length; i += 4) {
      a += 0 * p[i];
      b += 0 * p[i + 1];
      c += 0 * p[i + 2];
      d += 0 * p[i + 3];
    }
    for (; i < p.length; i++) {
      a += 0 * p[i];
    }
    return a + b + c + d == 0;
  }

  @Override
  public float[] parameters() {
    return Arrays.copyOf(p, p.length);
  }

  @Override
  public void save(DataOutput out) throws IOException {
    ExactNumbers.write(out, p);
    adam.save(out);
  }

  @Override
  public void load(DataInput in) throws IOException {
    ExactNumbers.read(in, p);
    adam.load(in);
    parameters.put(p);
  }

  @Override
  public void close() {
    owned.forEach(INDArray::close);
  }
}
