package org.latentsweep.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import smile.math.special.Beta;

/**
 * A metric in one cell of a sweep's grid against the same in another: the difference of the means,
 * with a t-test of its being 0.
 *
 * <p>With s the standard error of the difference and nu degrees of freedom, the interval is the
 * difference -+ t(0.975; nu) s and p is P(|T| > |difference| / s), T of Student's distribution.
 * Where s is 0, because all differences (or all values of either cell) are the same, the interval
 * is a point and p its limit: 0, or 1 where the difference is 0. Where a value is infinite there is
 * no test: the difference is infinite, or NaN where both means are, and the interval and p are NaN.
 *
 * @param test that was made
 * @param countA number of seeds in cell a, at least 2
 * @param countB number of seeds in cell b, at least 2
 * @param difference mean of a - mean of b
 * @param ciLow lower end of its 95% interval
 * @param ciHigh upper end of it
 * @param p two-sided, in [0, 1]
 */
public record SeedComparison(
    Test test, int countA, int countB, double difference, double ciLow, double ciHigh, double p) {

  /** How two cells are compared. */
  public enum Test {
    /** Of the differences seed by seed: nu = n - 1. */
    PAIRED_T,
    /** Of cells with variances of their own (Welch 1947): nu by the equation of Satterthwaite. */
    WELCH;

    /** The name in tables. */
    public String tableName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Compares by the strongest test that the seeds allow: paired on those that both cells have,
   * where there are two or more, else Welch's.
   *
   * @param a value by seed, never NaN
   * @param b value by seed, never NaN
   * @return empty where a cell has fewer than two values
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
    if (Double.isNaN(error)) { // by an infinite value
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

  /** P(|T| > |t|) = I(nu / 2, 1 / 2; nu / (nu + t^2)), I the regularised incomplete beta. */
  private static double twoSided(double t, double nu) {
    return Beta.regularizedIncompleteBetaFunction(nu / 2, 0.5, nu / (nu + t * t));
  }

  /** The same solved for t at P = 0.05, as Smile's own distribution takes whole nu only. */
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
