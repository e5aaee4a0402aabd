package org.latentsweep.divergence;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.latentsweep.metric.Laws;
import org.latentsweep.target.Mode;
import org.latentsweep.target.TargetDistribution;

/** Distributions, samples and exact values that the tests of this package share. */
final class DivergenceLaws extends Laws {

  /** The eight Gaussians with standard deviation 0.3 instead of 0.2. */
  static final TargetDistribution WIDE_EIGHT =
      new Mixture(
          IntStream.range(0, 8)
              .mapToObj(m -> new Mode(List.of(2 * cos(m), 2 * sin(m)), 0.3, 1.0 / 8))
              .toList());

  private DivergenceLaws() {}

  private static double cos(int m) {
    return Math.cos(Math.PI * m / 4);
  }

  private static double sin(int m) {
    return Math.sin(Math.PI * m / 4);
  }

  /** Draws samples of the spiral with N(0, 0.03^2) added to each coordinate. */
  static float[] drawNoisySpiral(int n, long seed) {
    float[] points = draw(SPIRAL, n, seed);
    RandomGenerator random = random(seed + 1_000_000);
    for (int i = 0; i < points.length; i++) {
      points[i] += (float) (0.03 * random.nextGaussian());
    }
    return points;
  }

  /** Returns log q_h(x) by its definition, a log-sum-exp over all samples. */
  static double exactLogDensity(float[] points, double h, double... x) {
    int d = x.length;
    int n = points.length / d;
    double[] exponent = new double[n];
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      for (int a = 0; a < d; a++) {
        double z = (x[a] - points[i * d + a]) / h;
        exponent[i] -= z * z / 2;
      }
      max = Math.max(max, exponent[i]);
    }
    double sum = 0;
    for (double e : exponent) {
      sum += Math.exp(e - max);
    }
    return max + Math.log(sum / n) - 0.5 * d * Math.log(2 * Math.PI * h * h);
  }

  /** Returns KL(N(a, s^2 I) || N(b, t^2 I)) in d dimensions, with |a - b| = distance. */
  static double gaussianKl(int d, double s, double distance, double t) {
    double ratio = s * s / (t * t);
    return 0.5 * (d * (ratio - 1 - Math.log(ratio)) + distance * distance / (t * t));
  }

  /**
   * Returns KL(p * N_hp || q * N_hq) in the plane by the trapezoid rule on [-s, s]^2, whose nodes
   * are shifted by offset steps.
   */
  static double quadratureKl(
      TargetDistribution p,
      double hp,
      TargetDistribution q,
      double hq,
      double s,
      double step,
      double offset) {
    double sum = 0;
    for (double x = -s + offset * step; x <= s; x += step) {
      for (double y = -s + offset * step; y <= s; y += step) {
        double logP = p.smoothedLogDensity(new double[] {x, y}, hp);
        if (logP > -60) {
          sum += Math.exp(logP) * (logP - q.smoothedLogDensity(new double[] {x, y}, hq));
        }
      }
    }
    return sum * step * step;
  }
}
