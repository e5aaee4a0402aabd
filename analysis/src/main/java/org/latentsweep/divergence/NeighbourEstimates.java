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
 * <p><b>Standard errors.</b> q^ varies like a gamma variate of shape k, whose log has variance
 * psi'(k). Reverse: the variance of its terms, which holds that, over n. Forward: the influence of
 * a sample is -p / q, of second moment E_q (p / q)^2 = int p (p / q) dx, where 1 / q is estimated
 * without bias as e^psi(k) / k times 1 / q^; to its variance psi'(k) is added; all over n. Where q
 * varies over the ball there is a bias. It grows with a power of r_k, on edges of q the first, so
 * that it is at most 1 / (2^(1/d) - 1) times what taking the 2k-th neighbour instead changes; that
 * is added in quadrature.
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
  private final double[] squared = new double[2 * K + 1];
  private final int[] rows = new int[2 * K + 1];

  /** Takes samples, row-major [n, d], more than 2 {@value #K} of them. */
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
    double value = 0;
    double wider = 0;
    double second = 0;
    double floored = 0;
    for (int i = 0; i < points.size(); i++) {
      find(points.x(i), points.y(i));
      double logRatio = points.logP(i) - logDensity(n, K, K - 1, points.x(i), points.y(i));
      value += points.weight(i) * logRatio;
      wider +=
          points.weight(i)
              * (points.logP(i) - logDensity(n, 2 * K, 2 * K - 1, points.x(i), points.y(i)));
      second += points.weight(i) * Math.exp(logRatio);
      floored += squared[K - 1] == 0 ? points.weight(i) : 0;
    }
    double influence = second * Math.exp(Gamma.digamma(K)) / K - 1;
    double variance = (Math.max(0, influence) + trigamma()) / n;
    return new Estimate(value, Math.hypot(Math.sqrt(variance), bias(wider - value)), floored);
  }

  Estimate reverse() {
    int n = samples.length / dimensions;
    double mean = 0;
    double wider = 0;
    double squares = 0;
    int floored = 0;
    for (int i = 0; i < n; i++) {
      int row = neighbours.rowAt(i);
      double x = samples[row * dimensions];
      double y = dimensions == 1 ? 0 : samples[row * dimensions + 1];
      find(x, y); // the nearest is the sample itself
      double logQ = logDensity(n - 1, K, K, x, y);
      double term = logQ - TargetPoints.logDensity(target, x, y);
      double step = (term - mean) / (i + 1);
      squares += step * (term - mean) * i;
      mean += step;
      wider += (logDensity(n - 1, 2 * K, 2 * K, x, y) - logQ) / n;
      floored += squared[K] == 0 ? 1 : 0;
    }
    double flooredShare = (double) floored / n;
    return Double.isFinite(mean)
        ? new Estimate(
            mean, Math.hypot(Math.sqrt(squares / (n - 1) / n), bias(wider)), flooredShare)
        : new Estimate(Double.POSITIVE_INFINITY, Double.NaN, flooredShare);
  }

  private double bias(double change) {
    return change / (Math.pow(2, 1.0 / dimensions) - 1);
  }

  private void find(double x, double y) {
    neighbours.nearest(x, y, squared, rows);
  }

  /** log q^ at the place last found, from its k-th neighbour, which is at that rank. */
  private double logDensity(double n, int k, int rank, double x, double y) {
    double distance = Math.sqrt(squared[rank]);
    double told = Math.ulp((float) Math.max(Math.abs(x), Math.abs(y)));
    return Gamma.digamma(k)
        - Math.log(n)
        - Math.log(dimensions == 1 ? 2 : Math.PI)
        - dimensions * Math.log(distance > 0 ? distance : told);
  }

  /** psi'(k), by its recurrence from psi'(1) = pi^2 / 6. */
  private static double trigamma() {
    double value = Math.PI * Math.PI / 6;
    for (int j = 1; j < K; j++) {
      value -= 1.0 / (j * j);
    }
    return value;
  }
}
