package org.latentsweep.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The comparison of a metric between two cells, a and b, of a sweep's grid, over the runs that have
 * a value. If all values are positive, they are compared by ratio: the test is made on the
 * logarithms, where divergences are nearly symmetric and of nearly the same spread in all cells.
 * Otherwise the test is made on the values themselves.
 *
 * <p>The interval and p are NaN where {@link TTest} can make no test.
 *
 * @param test the test that was made
 * @param countA number of seeds of cell a in the test, at least 2
 * @param countB number of seeds of cell b in the test, at least 2
 * @param difference arithmetic mean of a minus that of b, in the units of the metric
 * @param ciLow lower end of the 95% t-interval of the difference (paired or Welch's)
 * @param ciHigh upper end of it
 * @param ratio geometric mean of a over that of b; NaN if a value is not positive
 * @param ratioLow lower end of the 95% interval of the ratio, which belongs to the test; NaN if a
 *     value is not positive
 * @param ratioHigh upper end of it
 * @param p two-sided p-value, in [0, 1]
 */
public record SeedComparison(
    Test test,
    int countA,
    int countB,
    double difference,
    double ciLow,
    double ciHigh,
    double ratio,
    double ratioLow,
    double ratioHigh,
    double p) {

  /**
   * Cells are paired only if they have this many seeds in common. Chosen by judgement: pairing
   * halves the degrees of freedom, and with fewer pairs this costs more than a weak correlation
   * between runs of the same seed gains.
   */
  private static final int MIN_PAIRS = 8;

  /** The kinds of t-test. */
  public enum Test {
    /** The paired t-test on the logarithms. */
    LOG_PAIRED_T,
    /** The t-test on the logarithms, with a variance that all cells of the target share. */
    LOG_POOLED_T,
    /** Welch's t-test on the logarithms. */
    LOG_WELCH,
    /** The paired t-test on the values. */
    PAIRED_T,
    /**
     * Welch's t-test on the values (Welch 1947), which does not assume that the cells have equal
     * variances; nu by the Welch-Satterthwaite equation.
     */
    WELCH;

    /** Returns the name of the test in tables. */
    public String tableName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Compares two cells. If the runs of one seed start from the same weights and the cells have
   * {@value #MIN_PAIRS} or more seeds in common, the test is the paired one, on the values of these
   * seeds only; otherwise it is on all values.
   *
   * @param a values of cell a by seed, none NaN
   * @param b values of cell b by seed, none NaN
   * @param sharedWeights whether runs of the same seed start from the same weights in both cells
   * @param common the variance of the logarithms that the cells of the target share; empty if they
   *     do not share one
   * @return the comparison, or empty if a cell has fewer than two values
   */
  public static Optional<SeedComparison> of(
      SortedMap<Long, Double> a,
      SortedMap<Long, Double> b,
      boolean sharedWeights,
      Optional<LogVariance> common) {
    TreeSet<Long> both = new TreeSet<>(a.keySet());
    both.retainAll(b.keySet());
    boolean paired = sharedWeights && both.size() >= MIN_PAIRS;
    double[] ofA = values(a, paired ? both : new TreeSet<>(a.keySet()));
    double[] ofB = values(b, paired ? both : new TreeSet<>(b.keySet()));
    if (ofA.length < 2 || ofB.length < 2) {
      return Optional.empty();
    }
    TTest difference = paired ? TTest.paired(ofA, ofB) : TTest.welch(ofA, ofB);
    boolean positive = positive(ofA) && positive(ofB);
    return Optional.of(
        positive
            ? ofRatio(logs(ofA), logs(ofB), paired, common, difference)
            : ofDifference(ofA.length, ofB.length, paired, difference));
  }

  private static SeedComparison ofRatio(
      double[] a, double[] b, boolean paired, Optional<LogVariance> common, TTest difference) {
    Test test = paired ? Test.LOG_PAIRED_T : Test.LOG_WELCH;
    TTest logs = paired ? TTest.paired(a, b) : TTest.welch(a, b);
    if (!paired && common.isPresent()) {
      test = Test.LOG_POOLED_T;
      logs = TTest.pooled(a, b, common.get());
    }
    return new SeedComparison(
        test,
        a.length,
        b.length,
        difference.difference(),
        difference.low(),
        difference.high(),
        Math.exp(logs.difference()),
        Math.exp(logs.low()),
        Math.exp(logs.high()),
        logs.p());
  }

  private static SeedComparison ofDifference(
      int countA, int countB, boolean paired, TTest difference) {
    return new SeedComparison(
        paired ? Test.PAIRED_T : Test.WELCH,
        countA,
        countB,
        difference.difference(),
        difference.low(),
        difference.high(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        difference.p());
  }

  private static double[] values(SortedMap<Long, Double> bySeed, TreeSet<Long> seeds) {
    return seeds.stream().mapToDouble(bySeed::get).toArray();
  }

  private static boolean positive(double[] values) {
    return Arrays.stream(values).allMatch(value -> value > 0 && Double.isFinite(value));
  }

  private static double[] logs(double[] values) {
    return Arrays.stream(values).map(Math::log).toArray();
  }
}
