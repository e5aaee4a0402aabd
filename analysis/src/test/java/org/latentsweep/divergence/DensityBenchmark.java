package org.latentsweep.divergence;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
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

/** Estimates the density of samples of eight Gaussians, and evaluates it at all samples. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DensityBenchmark {
  @Param({"100000", "1000000"})
  public int n;

  private float[] samples;
  private double[] bandwidths;

  /** Draws samples; the bandwidth 0.2 n^(-1/6) is near the best. */
  @Setup
  public void draw() {
    samples = DivergenceLaws.draw(DivergenceLaws.EIGHT, n, 1);
    bandwidths = new double[n];
    Arrays.fill(bandwidths, 0.2 * Math.pow(n, -1.0 / 6));
  }

  @Benchmark
  public double backAtAllSamples() {
    SamplesInWindow inWindow = SamplesInWindow.of(samples, 2, 10);
    BinnedKernels kernels = BinnedKernels.of(inWindow, bandwidths, 1, false);
    BinnedKernels.KernelSums value = new BinnedKernels.KernelSums();
    double sum = 0;
    for (int i = 0; i < inWindow.size(); i++) {
      kernels.at(inWindow.x(i), inWindow.y(i), value);
      sum += value.density;
    }
    return sum / n;
  }
}
