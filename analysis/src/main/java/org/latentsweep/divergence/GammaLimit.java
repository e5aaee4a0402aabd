package org.latentsweep.divergence;

import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * The upper 97.5% confidence limit of the mean of a weighted sum of Poisson counts.
 *
 * <p>With y the sum of the weights that were observed, v the sum of their squares and w the largest
 * weight that any observation can have, the limit is the quantile of a gamma distribution with the
 * mean y + w and the variance v + w^2:
 *
 * <pre>U = (v + w^2) / (2 (y + w)) chi2_{2 (y + w)^2 / (v + w^2)}(0.975)</pre>
 *
 * With equal weights it is the exact limit of a Poisson mean (Garwood 1936). With others it held in
 * all simulations of its source: M. Fay and E. Feuer, "Confidence intervals for directly
 * standardized rates: a method based on the gamma distribution", Statistics in Medicine 16 (1997).
 */
final class GammaLimit {
  /** The level of a one-sided limit that is one end of a 95% interval. */
  private static final double LEVEL = 0.975;

  /** Largest shape in the table. Where samples are scarce the shape is at most 5. */
  private static final int MAX_SHAPE = 8;

  /** Entries of the table per unit of shape: linear interpolation is then good to 1e-4. */
  private static final int PER_SHAPE = 64;

  /** Halvings of the bracket of a quantile, which leave it good to double precision. */
  private static final int HALVINGS = 60;

  private static final double[] QUANTILES = quantiles();

  private GammaLimit() {}

  private static double[] quantiles() {
    double[] quantiles = new double[(MAX_SHAPE - 1) * PER_SHAPE + 1];
    for (int i = 0; i < quantiles.length; i++) {
      quantiles[i] = quantile(1 + (double) i / PER_SHAPE);
    }
    return quantiles;
  }

  /**
   * Returns U.
   *
   * @param y sum of the observed weights, at least 0
   * @param v sum of their squares, at most y w
   * @param w the largest weight, above 0
   */
  static double upper(double y, double v, double w) {
    double variance = v + w * w;
    double shape = Math.max(1, (y + w) * (y + w) / variance);
    return variance / (y + w) * gammaQuantile(shape);
  }

  private static double gammaQuantile(double shape) {
    double position = (shape - 1) * PER_SHAPE;
    int i = (int) position;
    if (i >= QUANTILES.length - 1) {
      return quantile(shape);
    }
    return QUANTILES[i] + (position - i) * (QUANTILES[i + 1] - QUANTILES[i]);
  }

  /** Returns the quantile of a gamma distribution with scale 1, by bisection. */
  private static double quantile(double shape) {
    double low = 0;
    double high = shape + 10 * Math.sqrt(shape); // Chebyshev's inequality: above the quantile
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (RegularizedGamma.P.value(shape, middle) < LEVEL) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
