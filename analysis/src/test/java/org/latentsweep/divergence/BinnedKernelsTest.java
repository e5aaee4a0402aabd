package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.target.TargetDistribution;

/** Compares binned and exact kernel density estimates with their definition. */
class BinnedKernelsTest {
  private static final int N = 3_000;

  private static TargetDistribution law(int dimensions) {
    return dimensions == 1 ? DivergenceLaws.NORMAL_1D : DivergenceLaws.GAUSSIAN;
  }

  private static SamplesInWindow samples(int dimensions) {
    return SamplesInWindow.of(DivergenceLaws.draw(law(dimensions), N, 1), dimensions, 100);
  }

  private static double[] bandwidths(int n, double low, double high) {
    RandomGenerator random = DivergenceLaws.random(2);
    double[] h = new double[n];
    for (int i = 0; i < n; i++) {
      h[i] = low * Math.pow(high / low, random.nextDouble());
    }
    return h;
  }

  /** Returns {q^, 1/n^2 sum_i N_i^2} at a point. */
  private static double[] exact(SamplesInWindow samples, double[] h, double x, double y) {
    double[] sums = new double[2];
    int d = samples.dimensions();
    for (int i = 0; i < samples.size(); i++) {
      double squared = Math.pow(x - samples.x(i), 2) + Math.pow(y - samples.y(i), 2);
      double kernel =
          Math.exp(-squared / (2 * h[i] * h[i])) * Math.pow(2 * Math.PI * h[i] * h[i], -0.5 * d);
      sums[0] += kernel / samples.total();
      sums[1] += kernel * kernel / samples.total() / samples.total();
    }
    return sums;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void binningIsRightOnAverage(int d) {
    SamplesInWindow samples = samples(d);
    double[] h = bandwidths(N, 0.1, 1);
    BinnedKernels kernels = BinnedKernels.of(samples, h, 1, true);
    BinnedKernels.KernelSums value = new BinnedKernels.KernelSums();
    RandomGenerator random = DivergenceLaws.random(3);
    double bias = 0;
    double error = 0;
    double squaresError = 0;
    int points = 400;
    for (int i = 0; i < points; i++) {
      double x = 4 * random.nextDouble() - 2;
      double y = d == 1 ? 0 : 4 * random.nextDouble() - 2;
      kernels.at(x, y, value);
      double[] exact = exact(samples, h, x, y);
      bias += Math.log(value.density / exact[0]) / points;
      error += Math.abs(Math.log(value.density / exact[0])) / points;
      squaresError += Math.abs(Math.log(value.squares / exact[1])) / points;
    }
    assertThat(bias).isCloseTo(0, within(2e-3));
    assertThat(error).isLessThan(0.01);
    assertThat(squaresError).isLessThan(0.15);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void ownIsWhatASampleAddsAtItsPlace(int d) {
    float[] points = new float[] {0.123f, -0.456f, 0.77f, 0.31f}; // far apart compared with h
    SamplesInWindow samples = SamplesInWindow.of(points, d, 10);
    double[] h = bandwidths(samples.size(), 0.01, 0.02);
    BinnedKernels kernels = BinnedKernels.of(samples, h, 0.9, false);
    BinnedKernels.KernelSums value = new BinnedKernels.KernelSums();
    for (int i = 0; i < samples.size(); i++) {
      kernels.at(samples.x(i), samples.y(i), value);
      assertThat(kernels.own(samples.x(i), samples.y(i), 0.9 * h[i]))
          .isCloseTo(value.density, within(1e-6 * value.density));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theTreeIsExactToItsBoundAtAnyDistance(int d) {
    SamplesInWindow samples = samples(d);
    double[] h = bandwidths(N, 0.01, 3);
    double[] scaled = h.clone();
    for (int i = 0; i < N; i++) {
      scaled[i] *= 0.5;
    }
    KernelDensity density = new KernelDensity(samples, h, 0.5);
    RandomGenerator random = DivergenceLaws.random(4);
    for (int i = 0; i < 200; i++) {
      double x = 4 * random.nextGaussian();
      double y = d == 1 ? 0 : 4 * random.nextGaussian();
      double exact = exact(samples, scaled, x, y)[0];
      if (exact > 1e-290) {
        assertThat(density.logDensity(x, y))
            .isCloseTo(
                Math.log(exact), within(KernelDensity.ERROR + 1e-12 * Math.abs(Math.log(exact))));
      }
    }
    assertThat(density.logDensity(1e6, 0)).isBetween(-1e13, -1e10);
  }
}
