package org.latentsweep.metric;

import smile.math.special.Beta;

/**
 * Student's distribution with any number of degrees of freedom above 0; Smile's {@code
 * TDistribution} accepts whole ones only.
 */
final class StudentT {
  private StudentT() {}

  /**
   * Returns P(|T| > |t|) = I(nu / 2, 1 / 2; nu / (nu + t^2)), with I the regularised incomplete
   * beta function.
   */
  static double twoSided(double t, double nu) {
    return Beta.regularizedIncompleteBetaFunction(nu / 2, 0.5, nu / (nu + t * t));
  }

  /** Returns the t above 0 with {@link #twoSided} equal to a probability in (0, 1). */
  static double quantile(double twoSided, double nu) {
    double x = Beta.inverseRegularizedIncompleteBetaFunction(nu / 2, 0.5, twoSided);
    return Math.sqrt(nu * (1 - x) / x);
  }
}
