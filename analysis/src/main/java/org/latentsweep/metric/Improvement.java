package org.latentsweep.metric;

/**
 * The probability of improvement: that a run of cell a has a smaller value than a run of cell b,
 * where a tie counts as one half. It is the share of the m n pairs of runs, which is the statistic
 * of Mann and Whitney over m n. An infinite value, of a run that diverged, is greater than every
 * other.
 *
 * <p>The interval holds the probabilities theta at which the share t is at most 1.96 standard
 * errors away, (t - theta)^2 <= 1.96^2 V(theta), with
 *
 * <pre>
 * V(theta) = theta (1 - theta) (1 + c (1 - theta) / (2 - theta) + c theta / (1 + theta)) / (m n)
 * c = (m + n) / 2 - 1</pre>
 *
 * <p>It has a width at shares of 0 and 1 too. Source: R. G. Newcombe (2006), "Confidence intervals
 * for an effect size measure based on the Mann-Whitney statistic, part 2", Statistics in Medicine
 * 25, method 5.
 *
 * @param probability the share, in [0, 1]
 * @param low lower end of the 95% interval
 * @param high upper end of it
 */
public record Improvement(double probability, double low, double high) {
  private static final int HALVINGS = 60; // of [0, 1], to the precision of a double

  /**
   * Compares two cells.
   *
   * @param a values of the runs of cell a, at least one, none NaN
   * @param b values of the runs of cell b, at least one, none NaN
   */
  public static Improvement of(double[] a, double[] b) {
    double wins = 0;
    for (double ofA : a) {
      for (double ofB : b) {
        wins += ofA < ofB ? 1 : ofA == ofB ? 0.5 : 0;
      }
    }
    double share = wins / ((double) a.length * b.length);
    return new Improvement(
        share, lowerEnd(share, a.length, b.length), 1 - lowerEnd(1 - share, a.length, b.length));
  }

  /** Bisects: the inequality fails at 0 and holds just below the share. */
  private static double lowerEnd(double share, int m, int n) {
    double outside = 0;
    double inside = share;
    for (int i = 0; i < HALVINGS; i++) {
      double theta = (outside + inside) / 2;
      double distance = (share - theta) / Metric.Z95;
      if (distance * distance > variance(theta, m, n)) {
        outside = theta;
      } else {
        inside = theta;
      }
    }
    return outside;
  }

  private static double variance(double theta, int m, int n) {
    double c = (m + n) / 2.0 - 1;
    double shape = 1 + c * (1 - theta) / (2 - theta) + c * theta / (1 + theta);
    return theta * (1 - theta) * shape / ((double) m * n);
  }
}
