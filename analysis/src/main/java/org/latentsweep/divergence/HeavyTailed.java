package org.latentsweep.divergence;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Student's t distribution in the plane with 4 degrees of freedom: N(0, 4/w I) with w from the
 * chi-squared distribution with 4 degrees, whose density is w exp(-w/2) / 4. Smoothed by N_h, it is
 * the mixture of N(0, (4/w + h^2) I), which the trapezoidal rule over log w integrates.
 */
final class HeavyTailed extends StudyLaw {
  private static final int DEGREES = 4;

  /** 8e-8 of E |x|^2 lies beyond, which is what the reverse divergence from a normal misses. */
  private static final double SUPPORT = 1e4;

  private static final double STEP = 0.1; // of log w
  private static final double LOWEST = -20; // of log w: variances that reach beyond the support
  private static final int NODES = 250;

  private static final double[] VARIANCE = // [NODES], 4/w
      IntStream.range(0, NODES).mapToDouble(i -> DEGREES * Math.exp(-LOWEST - i * STEP)).toArray();
  private static final double[] WEIGHT = // [NODES]
      IntStream.range(0, NODES)
          .mapToDouble(i -> Math.exp(LOWEST + i * STEP))
          .map(w -> STEP * w * w * Math.exp(-w / 2) / 4)
          .toArray();

  HeavyTailed(String name) {
    super(name, SUPPORT);
  }

  @Override
  void draw(RandomGenerator random, double[] x) {
    double chiSquared = 2 * (random.nextExponential() + random.nextExponential());
    double scale = Math.sqrt(DEGREES / chiSquared);
    x[0] = scale * random.nextGaussian();
    x[1] = scale * random.nextGaussian();
  }

  @Override
  public double logDensity(double[] x) {
    double squared = x[0] * x[0] + x[1] * x[1];
    return -Math.log(2 * Math.PI) - (DEGREES + 2) / 2.0 * Math.log1p(squared / DEGREES);
  }

  @Override
  public double smoothedLogDensity(double[] x, double h) {
    if (h == 0) {
      return logDensity(x);
    }
    double squared = x[0] * x[0] + x[1] * x[1];
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
      double variance = VARIANCE[i] + h * h;
      sum += WEIGHT[i] * Math.exp(-squared / (2 * variance)) / (2 * Math.PI * variance);
    }
    return Math.log(sum);
  }
}
