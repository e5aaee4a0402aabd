package org.latentsweep.metric;

/**
 * One measured quantity with its uncertainty.
 *
 * @param metric what was measured, such as {@code kl_forward}
 * @param estimator how, such as {@code binned-kde-corrected}
 * @param value the estimate, in nats for divergences
 * @param standardError of the value, from sampling, at least 0 or NaN where there is none
 * @param ciLow lower end of the 95% interval
 * @param ciHigh upper end of the 95% interval
 * @param floor the mean of the same estimator on samples of the target itself, as many; never
 *     subtracted from the value
 * @param n the number of samples measured, above 0
 * @param bandwidth standard deviation of the normal that smooths or is the kernel, in the units of
 *     the sample space; NaN where there is none
 * @param floored share of the points at which a density was below a floor, and was taken to be it;
 *     NaN where the metric has no such floor
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
    double floored) {
  /** The normal distribution's 0.975 quantile. */
  public static final double Z95 = 1.959963984540054;

  /** Checks what can be checked. */
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

  /** A metric with the normal interval, value -+ 1.96 standard errors. */
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

  /** The same with another floor. */
  public Metric withFloor(double other) {
    return new Metric(
        metric, estimator, value, standardError, ciLow, ciHigh, other, n, bandwidth, floored);
  }
}
