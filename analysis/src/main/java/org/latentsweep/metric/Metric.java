package org.latentsweep.metric;

/**
 * The estimate of one metric with its uncertainty.
 *
 * @param metric name of the metric, such as {@code kl_forward}
 * @param estimator name of the method of estimation, such as {@code binned-kde-corrected}
 * @param value the estimate; divergences are in nats
 * @param standardError standard error of the value over repeated samples, at least 0; NaN where the
 *     estimator has none
 * @param ciLow lower end of the 95% confidence interval; NaN where there is none, infinite where
 *     the interval is open
 * @param ciHigh upper end of the 95% confidence interval; NaN where there is none, infinite where
 *     the interval is open
 * @param floor mean of the same estimator over samples of the target itself, as many as were
 *     measured; never subtracted from the value
 * @param n number of samples measured, at least 1
 * @param bandwidth standard deviation of the normal that smooths or serves as the kernel, in the
 *     units of the sample space; NaN where there is none. A metric that is measured at several
 *     bandwidths must be among the names that {@code SmoothedDivergences.names} returns, or else
 *     the summary mixes its values at all of them
 * @param floored share of the points at which the estimator replaced a density or a distance by the
 *     smallest value that it allows; NaN where the estimator has no such value
 * @param reason why an end of the interval is infinite, or what else a reader must know of the
 *     value; empty if there is nothing to say
 */
public record Metric(
    String metric,
    String estimator,
    double value,
    double standardError,
    double ciLow,
    double ciHigh,
    double floor,
    long n,
    double bandwidth,
    double floored,
    String reason) {
  /** The 0.975 quantile of the standard normal distribution. */
  public static final double Z95 = 1.959963984540054;

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if a name is blank, the standard error is negative, the
   *     interval is reversed or n is below 1
   */
  public Metric {
    if (metric.isBlank() || estimator.isBlank()) {
      throw new IllegalArgumentException("Cannot make a metric: its name or estimator is blank");
    }
    if (standardError < 0) {
      throw new IllegalArgumentException(
          "Cannot make a metric: standard error must not be negative, found " + standardError);
    }
    if (ciLow > ciHigh) {
      throw new IllegalArgumentException(
          "Cannot make a metric: interval [" + ciLow + ", " + ciHigh + "] is reversed");
    }
    if (n < 1) {
      throw new IllegalArgumentException("Cannot make a metric: n must be above 0, found " + n);
    }
  }

  /** Makes a metric with an empty reason. */
  public Metric(
      String metric,
      String estimator,
      double value,
      double standardError,
      double ciLow,
      double ciHigh,
      double floor,
      long n,
      double bandwidth,
      double floored) {
    this(metric, estimator, value, standardError, ciLow, ciHigh, floor, n, bandwidth, floored, "");
  }

  /** Returns a metric whose floor, bandwidth and floored share are NaN. */
  public static Metric withInterval(
      String metric,
      String estimator,
      double value,
      double standardError,
      double ciLow,
      double ciHigh,
      long n) {
    return new Metric(
        metric,
        estimator,
        value,
        standardError,
        ciLow,
        ciHigh,
        Double.NaN,
        n,
        Double.NaN,
        Double.NaN);
  }

  /** Returns a metric with the normal interval: value - 1.96 to value + 1.96 standard errors. */
  public static Metric withNormalInterval(
      String metric,
      String estimator,
      double value,
      double standardError,
      double floor,
      long n,
      double bandwidth,
      double floored) {
    return new Metric(
        metric,
        estimator,
        value,
        standardError,
        value - Z95 * standardError,
        value + Z95 * standardError,
        floor,
        n,
        bandwidth,
        floored);
  }

  /** Returns this metric with another floor. */
  public Metric withFloor(double other) {
    return new Metric(
        metric,
        estimator,
        value,
        standardError,
        ciLow,
        ciHigh,
        other,
        n,
        bandwidth,
        floored,
        reason);
  }

  /** Returns this metric with another name of the method of estimation. */
  public Metric withEstimator(String other) {
    return new Metric(
        metric, other, value, standardError, ciLow, ciHigh, floor, n, bandwidth, floored, reason);
  }

  /** Returns this metric with another reason. */
  public Metric withReason(String other) {
    return new Metric(
        metric,
        estimator,
        value,
        standardError,
        ciLow,
        ciHigh,
        floor,
        n,
        bandwidth,
        floored,
        other);
  }
}
