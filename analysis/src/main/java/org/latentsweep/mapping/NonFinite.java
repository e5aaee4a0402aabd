package org.latentsweep.mapping;

import java.util.Arrays;

/** Rejects maps that give numbers which are not finite. */
final class NonFinite {
  private NonFinite() {}

  /**
   * Checks a point or a Jacobian.
   *
   * @param z the latent
   * @param found the point or the Jacobian of the map at it
   * @throws IllegalArgumentException if a number is NaN or infinite
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
