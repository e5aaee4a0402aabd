package org.latentsweep.metric;

import java.util.Arrays;

/** Mean and variance of values. */
final class MeanAndVariance {
  private MeanAndVariance() {}

  static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  /** Returns the variance with divisor n - 1. */
  static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }
}
