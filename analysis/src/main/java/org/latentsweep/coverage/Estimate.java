package org.latentsweep.coverage;

import org.latentsweep.metric.Metric;

/**
 * A {@link Metric} before its floor is known.
 *
 * @param metric what was measured
 * @param estimator how
 * @param value the estimate
 * @param standardError of the value, at least 0, or NaN where it has none
 * @param low lower end of the 95% interval
 * @param high upper end of it
 * @param n samples that were used, above 0
 * @param bandwidth of a kernel; NaN where there is none
 */
record Estimate(
    String metric,
    String estimator,
    double value,
    double standardError,
    double low,
    double high,
    long n,
    double bandwidth) {
  /** The normal distribution's 0.975 quantile. */
  static final double Z95 = 1.959963984540054;

  /** With the normal interval, cut at zero: for what cannot be negative. */
  static Estimate notNegative(
      String metric, String estimator, double value, double standardError, long n) {
    double half = Z95 * standardError;
    return new Estimate(
        metric,
        estimator,
        value,
        standardError,
        Math.max(0, value - half),
        value + half,
        n,
        Double.NaN);
  }

  /**
   * A share of a fixed set of things that samples decide together: the hull of the normal interval
   * and Wilson's for independent ones, since errors that are estimated vanish near 0 and 1.
   *
   * @param hits of the things
   * @param of how many there are
   */
  static Estimate dependentShare(
      String metric, String estimator, long hits, long of, double standardError, long n) {
    double value = (double) hits / of;
    double half = Z95 * standardError;
    return new Estimate(
        metric,
        estimator,
        value,
        standardError,
        Math.max(0, Math.min(value - half, wilson(hits, of, -1))),
        Math.min(1, Math.max(value + half, wilson(hits, of, 1))),
        n,
        Double.NaN);
  }

  /** A share of independent samples, with the binomial standard error and Wilson's interval. */
  static Estimate share(String metric, String estimator, long hits, long n) {
    double p = (double) hits / n;
    return new Estimate(
        metric,
        estimator,
        p,
        Math.sqrt(p * (1 - p) / n),
        wilson(hits, n, -1),
        wilson(hits, n, 1),
        n,
        Double.NaN);
  }

  /**
   * An end of the 95% score interval of a binomial share (Wilson 1927): (p + z^2/2n +- z sqrt(p(1 -
   * p)/n + z^2/4n^2)) / (1 + z^2/n).
   *
   * @param sign -1 for the lower end, 1 for the upper one
   */
  static double wilson(double hits, double n, int sign) {
    double p = hits / n;
    double z2 = Z95 * Z95;
    double half = Z95 * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    double end = (p + z2 / (2 * n) + sign * half) / (1 + z2 / n);
    // rounding must not move the ends that are 0 and 1 exactly
    return sign < 0 ? (hits == 0 ? 0 : end) : (hits == n ? 1 : end);
  }

  Metric withFloor(double floor) {
    return new Metric(
        metric, estimator, value, standardError, low, high, floor, n, bandwidth, Double.NaN);
  }
}
