package org.latentsweep.mapping;

import java.util.Arrays;
import java.util.Locale;

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
            String.format(
                Locale.ROOT,
                "Cannot measure map: it gives %s at latent %s",
                Arrays.toString(found),
                Arrays.toString(z)));
      }
    }
  }
}
