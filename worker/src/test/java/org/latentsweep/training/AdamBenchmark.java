package org.latentsweep.training;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.latentsweep.network.AdamSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures one update of a network's parameters. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class AdamBenchmark {
  private static final int PARAMETERS = 200_000;

  private final Adam adam = new Adam(new AdamSpec(1e-3, 0.5, 0.999, 1e-7), PARAMETERS);
  private final float[] p = new float[PARAMETERS];
  private final float[] g = new float[PARAMETERS];

  /** Fills the gradient with a number other than 0, as in training. */
  public AdamBenchmark() {
    Arrays.fill(g, 0.01f);
  }

  /** Does one update. */
  @Benchmark
  public float[] step() {
    adam.step(p, g);
    return p;
  }
}
