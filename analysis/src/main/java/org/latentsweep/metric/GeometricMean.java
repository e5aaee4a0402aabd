package org.latentsweep.metric;

import java.util.Arrays;
import java.util.Optional;

/**
 * The geometric mean of a positive metric over seeds, exp of the mean logarithm, with the interval
 * that the t-interval of the mean logarithm becomes. If the logarithms are normal, it estimates the
 * median, and the interval has its 95%.
 *
 * @param value the geometric mean, above 0
 * @param logDeviation standard deviation of the logarithm, with divisor n - 1; NaN for one value
 * @param low lower end of the 95% interval, above 0; NaN for one value
 * @param high upper end of it; NaN for one value
 */
public record GeometricMean(double value, double logDeviation, double low, double high) {
  /** Returns the geometric mean; empty if a value is not positive and finite, or there is none. */
  public static Optional<GeometricMean> of(double... values) {
    if (values.length == 0 || !Arrays.stream(values).allMatch(v -> v > 0 && Double.isFinite(v))) {
      return Optional.empty();
    }
    SeedSummary logs = SeedSummary.of(Arrays.stream(values).map(Math::log).toArray());
    return Optional.of(
        new GeometricMean(
            Math.exp(logs.mean()),
            logs.standardDeviation(),
            Math.exp(logs.ciLow()),
            Math.exp(logs.ciHigh())));
  }
}
