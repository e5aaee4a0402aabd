package org.latentsweep.coverage;

import org.latentsweep.metric.Metric;
import org.latentsweep.metric.Share;

/** Makes metrics with the kinds of interval that this package uses, and without floors. */
final class Estimates {
  private Estimates() {}

  /** Returns a metric that cannot be negative, with the normal interval cut off at 0. */
  static Metric notNegative(
      String metric, String estimator, double value, double standardError, long n) {
    return notNegative(metric, estimator, value, standardError, Metric.Z95 * standardError, n);
  }

  /** Returns a metric that cannot be negative, with the jackknife's interval cut off at 0. */
  static Metric notNegative(
      String metric, String estimator, double value, Jackknife spread, long n) {
    return notNegative(metric, estimator, value, spread.error(), spread.half(), n)
        .withReason(spread.reason());
  }

  private static Metric notNegative(
      String metric, String estimator, double value, double standardError, double half, long n) {
    return Metric.withInterval(
        metric, estimator, value, standardError, Math.max(0, value - half), value + half, n);
  }

  /**
   * Returns a share of a fixed set of items each of which depends on many samples. The interval is
   * the hull of the jackknife's interval and of Wilson's for independent items, because estimated
   * standard errors vanish near 0 and 1.
   *
   * @param hits number of items that have the property
   * @param of number of all items
   * @param spread variance of the share
   */
  static Metric dependentShare(
      String metric, String estimator, long hits, long of, Jackknife spread, long n) {
    Share share = new Share(hits, of);
    double value = share.value();
    double half = spread.half();
    return Metric.withInterval(
            metric,
            estimator,
            value,
            spread.error(),
            Math.max(0, Math.min(value - half, share.low())),
            Math.min(1, Math.max(value + half, share.high())),
            n)
        .withReason(spread.reason());
  }

  /** Returns a share of independent samples, with its binomial error and Wilson's interval. */
  static Metric share(String metric, String estimator, long hits, long n) {
    Share share = new Share(hits, n);
    return Metric.withInterval(
        metric, estimator, share.value(), share.standardError(), share.low(), share.high(), n);
  }
}
