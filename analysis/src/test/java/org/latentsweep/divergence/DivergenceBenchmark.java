package org.latentsweep.divergence;

import java.util.concurrent.TimeUnit;
import org.latentsweep.divergence.Pairs.KnownPair;
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

/** Estimates divergences of a set of samples. What is cached of the target is computed before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DivergenceBenchmark {
  /** Names of pairs in {@link Pairs}. */
  @Param({"eight | sd .3", "spiral | noisy", "gaussian | t5", "normal | t3"})
  public String pair;

  @Param("100000")
  public int n;

  private KnownPair chosen;
  private float[] samples;
  private TargetPoints points;
  private TargetGrid grid;

  @Setup
  public void draw() {
    chosen = Pairs.WELL_POSED.stream().filter(p -> p.name().equals(pair)).findFirst().orElseThrow();
    samples = chosen.q().draw(n, 1);
    points = TargetPoints.of(chosen.p());
    grid = TargetGrid.of(chosen.p(), chosen.p().defaultBandwidth());
  }

  /** Estimates {@value UnsmoothedDivergences#KL_KDE_FORWARD}. */
  @Benchmark
  public double unsmoothedByKernels() {
    return AdaptiveEstimate.of(
            chosen.p(), points, UnsmoothedDivergences.inWindow(chosen.p(), samples))
        .value();
  }

  /** Estimates {@value UnsmoothedDivergences#KL_KNN_FORWARD}. */
  @Benchmark
  public double unsmoothedByNeighbours() {
    return new NeighbourEstimates(chosen.p(), samples).forward(points).value();
  }

  /** Estimates {@value UnsmoothedDivergences#KL_ENTROPY_REVERSE}. */
  @Benchmark
  public double reverseByNeighbours() {
    return new NeighbourEstimates(chosen.p(), samples).reverse().value();
  }

  /** Estimates all four smoothed divergences at the target's bandwidth. */
  @Benchmark
  public double smoothed() {
    return SmoothedEstimator.estimate(grid, samples).get(Divergence.KL_FORWARD).value();
  }
}
