package org.latentsweep.metric;

import java.util.Arrays;
import smile.math.special.Beta;

/**
 * The median of a metric over the seeds of one cell of a sweep's grid, with an interval that
 * assumes nothing of the distribution over seeds.
 *
 * <p>With n independent values of a continuous distribution, the number of values below its median
 * has the binomial distribution B of n trials with probability 1/2. The interval [x(k), x(n+1-k)]
 * of order statistics therefore holds the median with probability 1 - 2 P(B <= k - 1). From six
 * values on, k is the largest number for which this is at least 95%. Fewer values cannot reach 95%:
 * the interval is then from the least to the greatest, k = 1, and its probability 1 - 2^(1-n) is
 * 50%, 75%, 87.5% and 93.75% for two to five values.
 *
 * <p>The interval with exactly 95% (T. P. Hettmansperger and S. J. Sheather (1986), "Confidence
 * intervals based on interpolated order statistics", Statistics and Probability Letters 4) lies
 * between the intervals of k and k + 1, whose probabilities are c(k) >= 95% > c(k+1). With I =
 * (c(k) - 95%) / (c(k) - c(k+1)), its ends are a share lambda = (n - k) I / (k + (n - 2k) I) of the
 * way from x(k) to x(k+1), and from x(n+1-k) to x(n-k). The way is measured on the logarithmic
 * scale where both values are positive: the formula is derived for symmetric distributions, and
 * divergences are symmetric, if at all, in their logarithms. The interval holds nearly 95% for any
 * continuous distribution, but only the one of order statistics is guaranteed.
 *
 * @param runs number of values n, at least 1
 * @param finite number of values that are finite
 * @param value median of the values
 * @param low lower end of the interval of order statistics; NaN for one value
 * @param high upper end of it; NaN for one value
 * @param confidence probability that the interval of order statistics holds the median; NaN for one
 *     value
 * @param low95 lower end of the interpolated 95% interval; NaN for fewer than six values
 * @param high95 upper end of it; NaN for fewer than six values
 */
public record MedianOverSeeds(
    int runs,
    int finite,
    double value,
    double low,
    double high,
    double confidence,
    double low95,
    double high95) {

  private static final double LEVEL = 0.95;

  /**
   * Summarises values, one per seed.
   *
   * @param values infinite where a run diverged or failed; at least one value, none NaN
   */
  public static MedianOverSeeds of(double... values) {
    double[] x = values.clone();
    Arrays.sort(x);
    int n = x.length;
    int finite = (int) Arrays.stream(x).filter(Double::isFinite).count();
    double median = n % 2 == 1 ? x[n / 2] : between(x[n / 2 - 1], x[n / 2]);
    if (n == 1) {
      double none = Double.NaN;
      return new MedianOverSeeds(n, finite, median, none, none, none, none, none);
    }
    int k = depth(n);
    double lambda = confidence(n, k) < LEVEL ? Double.NaN : lambda(n, k);
    return new MedianOverSeeds(
        n,
        finite,
        median,
        x[k - 1],
        x[n - k],
        confidence(n, k),
        interpolated(x[k - 1], x[k], lambda),
        interpolated(x[n - k], x[n - k - 1], lambda));
  }

  /** The middle of an interval with an infinite end is that end. */
  private static double between(double low, double high) {
    return 0.5 * low + 0.5 * high; // a sum of the two could overflow
  }

  private static int depth(int n) {
    int k = 1;
    while (confidence(n, k + 1) >= LEVEL) {
      k++;
    }
    return k;
  }

  /** Returns 1 - 2 P(B <= k - 1), where P(B <= k - 1) = I(1/2; n - k + 1, k). */
  private static double confidence(int n, int k) {
    return 2 * k > n ? 0 : 1 - 2 * Beta.regularizedIncompleteBetaFunction(n - k + 1, k, 0.5);
  }

  private static double lambda(int n, int k) {
    double share = (confidence(n, k) - LEVEL) / (confidence(n, k) - confidence(n, k + 1));
    return (n - k) * share / (k + (n - 2 * k) * share);
  }

  /** Returns the outer value if the inner one is infinite, so that the interval is never narrow. */
  private static double interpolated(double outer, double inner, double lambda) {
    if (Double.isNaN(lambda)) {
      return Double.NaN;
    }
    if (Double.isInfinite(outer) || Double.isInfinite(inner)) {
      return outer;
    }
    return outer > 0 && inner > 0
        ? Math.exp((1 - lambda) * Math.log(outer) + lambda * Math.log(inner))
        : (1 - lambda) * outer + lambda * inner;
  }
}
