package org.latentsweep.mapping;

import java.util.Arrays;

/** Refuses maps that leave the finite numbers. */
final class NonFinite {
  private NonFinite() {}

  /**
   * Checks a point, or a Jacobian, that a map gave for a latent.
   *
   * @throws IllegalArgumentException if any number of it is NaN or infinite
   */
  static void check(double[] z, double[] found) {
    for (double number : found) {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException(
            "Cannot measure map: it gives %s at latent %s"
                .formatted(Arrays.toString(found), Arrays.toString(z)));
      }
    }
  }
}
