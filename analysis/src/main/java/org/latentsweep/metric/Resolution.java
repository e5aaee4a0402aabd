package org.latentsweep.metric;

/** How small a ratio between two cells a sweep can resolve, before it is run. */
public final class Resolution {
  private static final double LEVEL = 0.05;

  /** The conventional power of a planned experiment is 80%, so its complement on both sides. */
  private static final double TWICE_MISSED = 2 * 0.2;

  private Resolution() {}

  /**
   * Returns the ratio of geometric means, above 1, that the pooled t-test on logarithms finds with
   * a probability of 80% at the 5% level with Holm's correction:
   *
   * <pre>exp(s sqrt(2 / n) (t(1 - 0.025 / m; nu) + t(0.8; nu)))</pre>
   *
   * <p>for n seeds, m comparisons, s the standard deviation of the logarithm over seeds, and nu =
   * (n - 1) times the number of cells. The correction is the one of Holm's first step, which is the
   * strictest. The sum of two quantiles stands for the quantile of the noncentral t-distribution;
   * the ratio's logarithm is at most 2% too small because of that.
   *
   * @param logDeviation s, above 0
   * @param seeds n
   * @param cells the number of cells of a target
   * @param comparisons m, at least 1
   * @return infinity for fewer than three seeds or two cells, which give no test
   */
  public static double ratio(double logDeviation, int seeds, int cells, int comparisons) {
    if (seeds < TTest.MIN_VALUES || cells < 2) {
      return Double.POSITIVE_INFINITY;
    }
    double nu = (double) cells * (seeds - 1);
    double quantiles =
        StudentT.quantile(LEVEL / comparisons, nu) + StudentT.quantile(TWICE_MISSED, nu);
    return Math.exp(logDeviation * Math.sqrt(2.0 / seeds) * quantiles);
  }
}
