package org.latentsweep.divergence;

import org.latentsweep.neighbour.NearestNeighbours;
import org.latentsweep.target.TargetDistribution;
import smile.math.special.Gamma;

/**
 * Divergences without smoothing from distances to the k = {@value #K}-th nearest sample, and p
 * known exactly. With r_k(x) that distance and c_d the volume of the unit ball, the density
 * estimate
 *
 * <pre>log q^(x) = psi(k) - log n - log c_d - d log r_k(x)</pre>
 *
 * is unbiased where q is constant over the ball. Then
 *
 * <pre>
 *   forward  int p (log p - log q^) dx
 *   reverse  1/n sum_i log q^_{-i}(x_i) - log p(x_i)
 * </pre>
 *
 * where q^_{-i} leaves x_i out of the n: minus the entropy of Kozachenko and Leonenko (1987) less
 * the mean log density. The forward one is that of Wang, Kulkarni and Verdu (2009), "Divergence
 * estimation for multidimensional densities via k-nearest-neighbor distances", with p known rather
 * than sampled. Both may come out negative.
 *
 * <p><b>Standard errors.</b> The distances of neighbours make q^ vary like a gamma variate of shape
 * k, whose log has variance psi'(k). Reverse: the spread of its terms, which holds that variance,
 * over n. Forward: the influence of a sample is -p / q, whose second moment is the mean of (p /
 * q^)^2 times (k + 1) / k e^(2 (psi(k) - log k)) less; to its variance psi'(k) is added; all over
 * n.
 *
 * <p>Where the k nearest samples are all in one place, r_k is taken to be what a float can tell
 * apart there, and the share of such places is told.
 */
final class NeighbourEstimates {
  static final int K = 5;

  private final TargetDistribution target;
  private final float[] samples; // [n, d]
  private final int dimensions;
  private final NearestNeighbours neighbours;
  private final double[] squared = new double[K + 1];
  private final int[] rows = new int[K + 1];

  /** Takes samples, row-major [n, d], more than {@value #K} of them. */
  NeighbourEstimates(TargetDistribution target, float[] samples) {
    this.target = target;
    this.samples = samples;
    dimensions = target.dimensions();
    neighbours = new NearestNeighbours(samples, dimensions);
  }

  /**
   * An estimate.
   *
   * @param value in nats
   * @param standardError of it
   * @param floored share of distances that were zero
   */
  record Estimate(double value, double standardError, double floored) {}

  Estimate forward(TargetPoints points) {
    double n = samples.length / dimensions;
    double constant = logDensityConstant(n);
    double value = 0;
    double second = 0;
    double floored = 0;
    for (int i = 0; i < points.size(); i++) {
      double distance = distance(points.x(i), points.y(i), K - 1);
      floored += distance == 0 ? points.weight(i) : 0;
      double logRatio =
          points.logP(i) - constant + dimensions * logDistance(distance, points.x(i), points.y(i));
      value += points.weight(i) * logRatio;
      second += points.weight(i) * Math.exp(logRatio);
    }
    // E_q (p / q)^2 = E_p (p / q); r^d has mean k e^(-psi(k)) in units of its geometric mean
    double influence = second * Math.exp(Gamma.digamma(K)) / K - 1;
    double variance = Math.max(0, influence) + trigamma();
    return new Estimate(value, Math.sqrt(variance / n), floored);
  }

  Estimate reverse() {
    int n = samples.length / dimensions;
    double constant = logDensityConstant(n - 1);
    double mean = 0;
    double squares = 0;
    int floored = 0;
    for (int i = 0; i < n; i++) {
      double x = samples[i * dimensions];
      double y = dimensions == 1 ? 0 : samples[i * dimensions + 1];
      double distance = distance(x, y, K); // the nearest is the sample itself
      floored += distance == 0 ? 1 : 0;
      double term =
          constant
              - dimensions * logDistance(distance, x, y)
              - TargetPoints.logDensity(target, x, y);
      double step = (term - mean) / (i + 1);
      squares += step * (term - mean) * i;
      mean += step;
    }
    if (Double.isNaN(mean) || Double.isInfinite(mean)) {
      return new Estimate(Double.POSITIVE_INFINITY, Double.NaN, (double) floored / n);
    }
    return new Estimate(mean, Math.sqrt(squares / (n - 1) / n), (double) floored / n);
  }

  /** psi(k) - log n - log c_d. */
  private double logDensityConstant(double n) {
    return Gamma.digamma(K) - Math.log(n) - Math.log(dimensions == 1 ? 2 : Math.PI);
  }

  /** psi'(k), by its recurrence from psi'(1) = pi^2 / 6. */
  private static double trigamma() {
    double value = Math.PI * Math.PI / 6;
    for (int j = 1; j < K; j++) {
      value -= 1.0 / (j * j);
    }
    return value;
  }

  private double distance(double x, double y, int rank) {
    neighbours.nearest(x, y, squared, rows);
    return Math.sqrt(squared[rank]);
  }

  private static double logDistance(double distance, double x, double y) {
    return Math.log(distance > 0 ? distance : Math.ulp((float) Math.max(Math.abs(x), Math.abs(y))));
  }
}
