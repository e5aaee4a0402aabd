package org.latentsweep.training;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.latentsweep.training.VectorProducts.Epilogue;
import org.latentsweep.training.VectorProducts.Layout;
import org.latentsweep.training.VectorProducts.Panels;
import org.latentsweep.training.VectorProducts.Rows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the products of one layer and a batch of 512 rows. Each takes 1,024 floating-point
 * operations per weight.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class VectorProductsBenchmark {
  private static final int BATCH = 512;
  private static final int END = VectorProducts.roundUp(BATCH, VectorProducts.TILE);

  /** The numbers of inputs and outputs of the layer. */
  @Param({"2x256", "256x256", "256x2", "128x128", "512x512", "16x16", "64x64"})
  public String layer;

  private VectorProducts products;
  private Rows a;
  private Rows z;
  private Panels w;
  private Panels transposed;
  private float[] g;

  /** Fills the matrices with numbers in [-1, 1). */
  @Setup
  public void fill() {
    String[] sizes = layer.split("x");
    int in = Integer.parseInt(sizes[0]);
    int out = Integer.parseInt(sizes[1]);
    Layout layout = new Layout();
    w = new Panels(layout, in + 1, out);
    g = new float[layout.size()];
    transposed = new Panels(layout, out, in);
    a = new Rows(layout, BATCH, in);
    z = new Rows(layout, BATCH, out);
    int size = layout.size();
    products = new VectorProducts(layout, in + 1);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < size; i++) {
      products.data[i] = (float) random.nextDouble(-1, 1);
    }
  }

  /** Computes z = f([a 1] [W; b]). */
  @Benchmark
  public float[] forward() {
    products.multiply(a, 0, END, w, transposed, z, Epilogue.ACTIVATE, 0.01f);
    return products.data;
  }

  /** Computes a = z W^T, scaled by the slope where a is not above 0. */
  @Benchmark
  public float[] backward() {
    products.multiply(z, 0, END, transposed, w, a, Epilogue.GATE, 0.01f);
    return products.data;
  }

  /** Computes g = [a 1]^T z. */
  @Benchmark
  public float[] gradient() {
    for (int from = 0; from < BATCH; from += VectorMlp.MAX_GRADIENT_ROWS) {
      products.gradient(a, z, from, from + VectorMlp.MAX_GRADIENT_ROWS, g, w, from > 0);
    }
    return g;
  }
}
