package org.latentsweep.metric;

import java.util.Arrays;
import smile.stat.distribution.TDistribution;

/**
 * The arithmetic mean of a metric over the seeds of one cell of a sweep's grid. For values that are
 * skewed, such as divergences, neither it nor its interval is a good summary: see {@link
 * MedianOverSeeds}.
 *
 * @param count number of seeds R, at least 1
 * @param mean mean of the values
 * @param standardDeviation standard deviation with divisor R - 1; NaN for one seed
 * @param ciLow lower end of the 95% t-interval of the mean, mean - t(0.975; R - 1) sd / sqrt(R);
 *     NaN for one seed
 * @param ciHigh upper end of the 95% t-interval of the mean; NaN for one seed
 */
public record SeedSummary(
    int count, double mean, double standardDeviation, double ciLow, double ciHigh) {

  /**
   * Summarises values, one per seed. If a value is infinite, the mean is infinite, and the standard
   * deviation and the interval are NaN.
   *
   * @throws IllegalArgumentException if there are no values or one of them is NaN
   */
  public static SeedSummary of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("Cannot summarise seeds: there are no values");
    }
    if (Arrays.stream(values).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException(
          "Cannot summarise seeds: values must not be NaN, found " + Arrays.toString(values));
    }
    int count = values.length;
    double mean = Arrays.stream(values).sum() / count;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double sd = count == 1 ? Double.NaN : Math.sqrt(squares / (count - 1));
    double half =
        count == 1
            ? Double.NaN
            : new TDistribution(count - 1).quantile(0.975) * sd / Math.sqrt(count);
    return new SeedSummary(count, mean, sd, mean - half, mean + half);
  }
}
