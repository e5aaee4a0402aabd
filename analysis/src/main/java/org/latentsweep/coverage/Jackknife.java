package org.latentsweep.coverage;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The jackknife (Efron and Stein 1981): the variance of an estimate, from its values when each of
 * the independent samples that it is made of is left out. For samples of two kinds, the variances
 * of both add up. On average it is too large rather than too small.
 */
final class Jackknife {
  private Jackknife() {}

  /**
   * Returns (n - 1) / n times the sum of the squared deviations of the values from their mean.
   *
   * @param n number of samples of one kind
   * @param without the estimate without sample i, for i from 0 to n - 1
   */
  static double variance(int n, IntToDoubleFunction without) {
    double mean = IntStream.range(0, n).mapToDouble(without).sum() / n;
    return (n - 1.0)
        / n
        * IntStream.range(0, n)
            .mapToDouble(i -> Math.pow(without.applyAsDouble(i) - mean, 2))
            .sum();
  }
}
