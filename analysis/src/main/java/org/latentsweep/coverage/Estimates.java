package org.latentsweep.coverage;

import org.latentsweep.metric.Metric;
import org.latentsweep.metric.Share;

/** The kinds of intervals that these metrics have, before their floors are known. */
final class Estimates {
  private Estimates() {}

  /** With the normal interval, cut at zero: for what cannot be negative. */
  static Metric notNegative(
      String metric, String estimator, double value, double standardError, long n) {
    double half = Metric.Z95 * standardError;
    return new Metric(
        metric,
        estimator,
        value,
        standardError,
        Math.max(0, value - half),
        value + half,
        Double.NaN,
        n,
        Double.NaN,
        Double.NaN);
  }

  /**
   * A share of a fixed set of things that samples decide together: the hull of the normal interval
   * and Wilson's for independent ones, since errors that are estimated vanish near 0 and 1.
   *
   * @param hits of the things
   * @param of how many there are
   */
  static Metric dependentShare(
      String metric, String estimator, long hits, long of, double standardError, long n) {
    Share share = new Share(hits, of);
    double value = share.value();
    double half = Metric.Z95 * standardError;
    return new Metric(
        metric,
        estimator,
        value,
        standardError,
        Math.max(0, Math.min(value - half, share.low())),
        Math.min(1, Math.max(value + half, share.high())),
        Double.NaN,
        n,
        Double.NaN,
        Double.NaN);
  }

  /** A share of independent samples, with the binomial standard error and Wilson's interval. */
  static Metric share(String metric, String estimator, long hits, long n) {
    Share share = new Share(hits, n);
    return new Metric(
        metric,
        estimator,
        share.value(),
        share.standardError(),
        share.low(),
        share.high(),
        Double.NaN,
        n,
        Double.NaN,
        Double.NaN);
  }
}
