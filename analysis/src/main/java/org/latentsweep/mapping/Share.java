package org.latentsweep.mapping;

/**
 * A share of latents, with its binomial error.
 *
 * <p>On an even lattice the true error is smaller: of a region with a smooth edge only the cells on
 * the edge are in doubt.
 *
 * @param count of latents that have a property
 * @param n of all, above 0
 */
record Share(int count, int n) {
  private static final double Z95 = 1.959963984540054;

  double value() {
    return (double) count / n;
  }

  /** sqrt(p (1 - p) / n). */
  double standardError() {
    return Math.sqrt(value() * (1 - value()) / n);
  }

  /** Lower end of Wilson's 95% interval (Wilson 1927), which is not empty at 0 and at 1. */
  double low() {
    return count == 0 ? 0 : centre() - half();
  }

  /** Upper end of it. */
  double high() {
    return count == n ? 1 : centre() + half();
  }

  private double centre() {
    return (count + Z95 * Z95 / 2) / (n + Z95 * Z95);
  }

  private double half() {
    double variance = value() * (1 - value()) * n + Z95 * Z95 / 4;
    return Z95 * Math.sqrt(variance) / (n + Z95 * Z95);
  }
}
