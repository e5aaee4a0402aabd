package org.latentsweep.metric;

/**
 * The steps of Kronecker's low-discrepancy sequence frac(i a) with the generalised golden ratio: a
 * = (1/g, 1/g^2, ...) with g^(k + 1) = g + 1 (Roberts 2018, "The unreasonable effectiveness of
 * quasirandom sequences").
 */
public final class KroneckerSteps {
  /** Iterations of a contraction, far more than double precision needs. */
  private static final int ITERATIONS = 64;

  private KroneckerSteps() {}

  /** Returns a for k dimensions, [k]. */
  public static double[] of(int k) {
    double g = 2;
    for (int i = 0; i < ITERATIONS; i++) {
      g = Math.pow(1 + g, 1.0 / (k + 1)); // contracts to the root
    }
    double[] steps = new double[k];
    for (int a = 0; a < k; a++) {
      steps[a] = Math.pow(g, -(a + 1));
    }
    return steps;
  }
}
