package org.latentsweep.metric;

/**
 * A share of independent things that have a property, with its binomial error.
 *
 * @param count of those that have it, from 0 to n
 * @param n of all, above 0
 */
public record Share(long count, long n) {

  /** count / n. */
  public double value() {
    return (double) count / n;
  }

  /** sqrt(p (1 - p) / n). */
  public double standardError() {
    return Math.sqrt(value() * (1 - value()) / n);
  }

  /** Lower end of Wilson's 95% interval (Wilson 1927), which is not empty at 0 and at 1. */
  public double low() {
    return count == 0 ? 0 : centre() - half();
  }

  /** Upper end of it. */
  public double high() {
    return count == n ? 1 : centre() + half();
  }

  private double centre() {
    return (count + Metric.Z95 * Metric.Z95 / 2) / (n + Metric.Z95 * Metric.Z95);
  }

  private double half() {
    double variance = value() * (1 - value()) * n + Metric.Z95 * Metric.Z95 / 4;
    return Metric.Z95 * Math.sqrt(variance) / (n + Metric.Z95 * Metric.Z95);
  }
}
