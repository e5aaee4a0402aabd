package org.latentsweep.metric;

import java.util.Arrays;

/**
 * A t-test of the hypothesis that the means of two sets of values, a and b, are equal.
 *
 * <p>With s the standard error of the difference and nu degrees of freedom, the interval is
 * difference -+ t(0.975; nu) s, and p is P(|T| > |difference| / s), where T has Student's
 * distribution. The interval and p are NaN
 *
 * <ul>
 *   <li>for fewer than {@value #MIN_VALUES} values on either side;
 *   <li>where a value is infinite;
 *   <li>where s is 0 up to rounding, because all differences (or all values on either side) are
 *       equal: nothing is known of the spread then. Only p is 1 if the difference is 0 too.
 * </ul>
 *
 * @param difference mean of a minus mean of b; NaN if both are infinite
 * @param low lower end of the 95% interval of the difference
 * @param high upper end of it
 * @param p two-sided p-value, in [0, 1]
 */
record TTest(double difference, double low, double high, double p) {
  /**
   * Fewer values give no test. Chosen by judgement: two values have a variance with one degree of
   * freedom, whose interval is as wide as 9 standard deviations to either side.
   */
  static final int MIN_VALUES = 3;

  /** Spreads that are this many times smaller than the values are rounding errors. */
  private static final double ROUNDING = 1e-12;

  /** The t-test of the differences pair by pair, with nu = n - 1. */
  static TTest paired(double[] a, double[] b) {
    double[] differences = new double[a.length];
    Arrays.setAll(differences, i -> a[i] - b[i]);
    double variance = MeanAndVariance.variance(differences) / a.length;
    return of(a, b, variance, a.length - 1);
  }

  /**
   * Welch's t-test (Welch 1947), which does not assume that a and b have equal variances; nu by the
   * Welch-Satterthwaite equation.
   */
  static TTest welch(double[] a, double[] b) {
    double ofA = MeanAndVariance.variance(a) / a.length;
    double ofB = MeanAndVariance.variance(b) / b.length;
    double both = ofA + ofB;
    double nu = both * both / (ofA * ofA / (a.length - 1) + ofB * ofB / (b.length - 1));
    return of(a, b, both, nu);
  }

  /** The t-test with a variance that is known from other values too. */
  static TTest pooled(double[] a, double[] b, LogVariance variance) {
    double ofDifference = variance.value() * (1.0 / a.length + 1.0 / b.length);
    return of(a, b, ofDifference, variance.degreesOfFreedom());
  }

  private static TTest of(double[] a, double[] b, double variance, double nu) {
    double difference = MeanAndVariance.mean(a) - MeanAndVariance.mean(b);
    if (Double.isNaN(variance) || Math.min(a.length, b.length) < MIN_VALUES) {
      return new TTest(difference, Double.NaN, Double.NaN, Double.NaN);
    }
    double error = Math.sqrt(variance);
    double negligible = ROUNDING * Math.max(largest(a), largest(b));
    if (error <= negligible) {
      double p = Math.abs(difference) <= negligible ? 1 : Double.NaN;
      return new TTest(difference, Double.NaN, Double.NaN, p);
    }
    double half = StudentT.quantile(0.05, nu) * error;
    return new TTest(
        difference,
        difference - half,
        difference + half,
        StudentT.twoSided(difference / error, nu));
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }
}
