package org.latentsweep.metric;

/**
 * The share of independent items that have a property, with its binomial uncertainty.
 *
 * @param count number of items that have the property, from 0 to n
 * @param n number of all items, at least 1
 */
public record Share(long count, long n) {

  /** Returns count / n, in [0, 1]. */
  public double value() {
    return (double) count / n;
  }

  /** Returns sqrt(p (1 - p) / n), where p is the value. */
  public double standardError() {
    return Math.sqrt(value() * (1 - value()) / n);
  }

  /**
   * Returns the lower end of Wilson's 95% interval (Wilson 1927). Unlike the normal interval it has
   * a width where the share is 0 or 1.
   */
  public double low() {
    return count == 0 ? 0 : centre() - half();
  }

  /** Returns the upper end of Wilson's 95% interval. */
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
