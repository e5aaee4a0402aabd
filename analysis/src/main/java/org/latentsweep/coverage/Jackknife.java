package org.latentsweep.coverage;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.latentsweep.metric.Metric;
import smile.stat.distribution.TDistribution;

/**
 * The jackknife (Efron and Stein 1981): the variance of an estimate, from its values when each of
 * the independent samples that it is made of is left out. On average it is too large rather than
 * too small. For samples of two kinds, the variances of both add up.
 *
 * @param variance (n - 1) / n times the sum of the squared deviations d of these values from their
 *     mean
 * @param uncertainty variance of this variance, approximately: the sum of ((n - 1) d^2 / n)^2
 */
record Jackknife(double variance, double uncertainty) {
  /** Degrees of freedom from which t-quantiles are within 0.2% of the normal ones. */
  private static final double MANY = 1000;

  /**
   * Degrees of freedom below which an interval has a reason. Chosen by judgement: the recall of a
   * narrow normal, which its outermost samples decide, mostly has fewer, and the metrics of samples
   * of the target itself have more.
   */
  private static final double FEW = 10;

  /**
   * Computes the variance.
   *
   * @param n number of samples of one kind
   * @param without the estimate without sample i, for i from 0 to n - 1
   */
  static Jackknife of(int n, IntToDoubleFunction without) {
    double mean = IntStream.range(0, n).mapToDouble(without).sum() / n;
    double variance = 0;
    double uncertainty = 0;
    for (int i = 0; i < n; i++) {
      double term = (n - 1.0) / n * Math.pow(without.applyAsDouble(i) - mean, 2);
      variance += term;
      uncertainty += term * term;
    }
    return new Jackknife(variance, uncertainty);
  }

  /** Returns the variance of an estimate that depends on independent samples of two kinds. */
  Jackknife plus(Jackknife other) {
    return new Jackknife(variance + other.variance, uncertainty + other.uncertainty);
  }

  /** Returns the standard error. */
  double error() {
    return Math.sqrt(variance);
  }

  /**
   * Returns half of the width of the 95% interval. If few samples decide the variance, it is
   * uncertain. A chi-square variable over its m degrees of freedom has variance 2 / m, so that t
   * with m = 2 variance^2 / uncertainty degrees of freedom is taken (Satterthwaite 1946).
   */
  double half() {
    double freedom = freedom();
    double quantile =
        freedom < MANY ? new TDistribution((int) freedom).quantile(0.975) : Metric.Z95;
    return quantile * error();
  }

  /** Returns m, which is NaN if the variance is 0. */
  private double freedom() {
    return 2 * variance * variance / uncertainty;
  }

  /** Returns what a reader must know of the interval; empty if many samples decide its width. */
  String reason() {
    return freedom() < FEW ? "a few samples decide the value: the interval may be too narrow" : "";
  }
}
