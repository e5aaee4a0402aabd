package org.latentsweep.metric;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import smile.math.special.Beta;

/**
 * The comparison of a metric between two cells, a and b, of a sweep's grid: the difference of the
 * means over seeds, with a t-test of the hypothesis that it is 0.
 *
 * <p>With s the standard error of the difference and nu degrees of freedom, the interval is
 * difference -+ t(0.975; nu) s, and p is P(|T| > |difference| / s), where T has Student's
 * distribution.
 *
 * <ul>
 *   <li>Where s is 0, because all differences (or all values of either cell) are equal, the
 *       interval is a point, and p is 1 if the difference is 0 and else 0.
 *   <li>Where a value is infinite no test can be made: the interval and p are NaN, and the
 *       difference is infinite, or NaN if both means are infinite.
 * </ul>
 *
 * @param test the test that was made
 * @param countA number of seeds of cell a in the test, at least 2
 * @param countB number of seeds of cell b in the test, at least 2
 * @param difference mean of a minus mean of b, in the units of the metric
 * @param ciLow lower end of the 95% confidence interval of the difference
 * @param ciHigh upper end of the 95% confidence interval of the difference
 * @param p two-sided p-value, in [0, 1]
 */
public record SeedComparison(
    Test test, int countA, int countB, double difference, double ciLow, double ciHigh, double p) {

  /** The kinds of t-test. */
  public enum Test {
    /** The t-test of the differences seed by seed, with nu = n - 1. */
    PAIRED_T,
    /**
     * Welch's t-test (Welch 1947), which does not assume that the cells have equal variances; nu by
     * the Welch-Satterthwaite equation.
     */
    WELCH
  }

  /**
   * Compares two cells. If they have two or more seeds in common, the test is the paired one, on
   * the values of these seeds only; otherwise it is Welch's, on all values.
   *
   * @param a values of cell a by seed, none NaN
   * @param b values of cell b by seed, none NaN
   * @return the comparison, or empty if Welch's test is needed and a cell has fewer than two values
   */
  public static Optional<SeedComparison> of(SortedMap<Long, Double> a, SortedMap<Long, Double> b) {
    TreeSet<Long> both = new TreeSet<>(a.keySet());
    both.retainAll(b.keySet());
    if (both.size() >= 2) {
      return Optional.of(
          paired(
              both.stream().mapToDouble(a::get).toArray(),
              both.stream().mapToDouble(b::get).toArray()));
    }
    return a.size() < 2 || b.size() < 2
        ? Optional.empty()
        : Optional.of(
            welch(
                a.values().stream().mapToDouble(v -> v).toArray(),
                b.values().stream().mapToDouble(v -> v).toArray()));
  }

  private static SeedComparison paired(double[] a, double[] b) {
    int n = a.length;
    double[] differences = new double[n];
    Arrays.setAll(differences, i -> a[i] - b[i]);
    double error = Math.sqrt(variance(differences) / n);
    return of(Test.PAIRED_T, n, n, mean(a) - mean(b), error, n - 1);
  }

  private static SeedComparison welch(double[] a, double[] b) {
    double ofA = variance(a) / a.length;
    double ofB = variance(b) / b.length;
    double squared = ofA + ofB;
    double nu = squared * squared / (ofA * ofA / (a.length - 1) + ofB * ofB / (b.length - 1));
    return of(Test.WELCH, a.length, b.length, mean(a) - mean(b), Math.sqrt(squared), nu);
  }

  private static SeedComparison of(
      Test test, int countA, int countB, double difference, double error, double nu) {
    if (Double.isNaN(error)) { // a value is infinite
      return new SeedComparison(
          test, countA, countB, difference, Double.NaN, Double.NaN, Double.NaN);
    }
    if (error == 0) {
      return new SeedComparison(
          test, countA, countB, difference, difference, difference, difference == 0 ? 1 : 0);
    }
    double half = quantile(nu) * error;
    return new SeedComparison(
        test,
        countA,
        countB,
        difference,
        difference - half,
        difference + half,
        twoSided(difference / error, nu));
  }

  /**
   * Returns P(|T| > |t|) = I(nu / 2, 1 / 2; nu / (nu + t^2)), with I the regularised incomplete
   * beta function.
   */
  private static double twoSided(double t, double nu) {
    return Beta.regularizedIncompleteBetaFunction(nu / 2, 0.5, nu / (nu + t * t));
  }

  /**
   * Returns t with {@link #twoSided} equal to 0.05. Smile's {@code TDistribution} accepts integer
   * nu only.
   */
  private static double quantile(double nu) {
    double x = Beta.inverseRegularizedIncompleteBetaFunction(nu / 2, 0.5, 0.05);
    return Math.sqrt(nu * (1 - x) / x);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }
}
