package org.latentsweep.training;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.latentsweep.training.VectorProducts.Panels;
import org.latentsweep.training.VectorProducts.Rows;
import org.latentsweep.training.VectorProducts.Then;
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

/** The products of one layer and one batch of 512; 1,024 in out floating-point operations each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class VectorProductsBenchmark {
  private static final int BATCH = 512;

  /** Inputs x outputs of the layer. */
  @Param({"2x256", "256x256", "256x2", "128x128", "512x512", "16x16", "64x64"})
  public String layer;

  private final VectorProducts products = new VectorProducts();
  private Rows a;
  private Rows z;
  private Panels w;
  private Panels transposed;
  private Panels g;
  private Panels scratch;

  /** Fills the matrices with numbers in [-1, 1). */
  @Setup
  public void fill() {
    String[] sizes = layer.split("x");
    int in = Integer.parseInt(sizes[0]);
    int out = Integer.parseInt(sizes[1]);
    Rows[] rows = Rows.inOneArray(BATCH, new int[] {in, out});
    a = rows[0];
    z = rows[1];
    w = panels(in + 1, out);
    transposed = panels(out, in);
    g = panels(in + 1, out);
    scratch = panels(out, in + 1);
    SplittableRandom random = new SplittableRandom(1);
    for (float[] data : new float[][] {a.data, w.data, transposed.data}) {
      for (int i = 0; i < data.length; i++) {
        data[i] = (float) random.nextDouble(-1, 1);
      }
    }
  }

  private static Panels panels(int rows, int columns) {
    return Panels.inOneArray(new int[] {rows}, new int[] {columns})[0];
  }

  /** z = f([a 1] [W; b]). */
  @Benchmark
  public Rows forward() {
    products.multiply(a, 0, BATCH, w, transposed, z, Then.ACTIVATE, 0.01f);
    return z;
  }

  /** a = z W^T where a is above 0. */
  @Benchmark
  public Rows backward() {
    products.multiply(z, 0, BATCH, transposed, w, a, Then.GATE, 0.01f);
    return a;
  }

  /** g = [a 1]^T z. */
  @Benchmark
  public Panels gradient() {
    for (int from = 0; from < BATCH; from += VectorProducts.MOST_ROWS) {
      products.gradient(a, z, from, from + VectorProducts.MOST_ROWS, g, scratch, from > 0);
    }
    return g;
  }
}
