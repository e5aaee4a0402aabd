package org.latentsweep.divergence;

import java.util.Arrays;

/**
 * Finds samples that lie on a grid or at a few points. Linear binning then does not average over
 * positions between the nodes, so that the variance of the kernel is up to 1/150 too small or 1/300
 * too large: see {@link GaussianConvolution}.
 */
final class RoundedSamples {
  /** Chosen by judgement: so many samples show repeated coordinates, and are sorted at once. */
  private static final int LOOKED_AT = 4096;

  /** Spacing in bandwidths, half a step of the grid, up to which positions are averaged over. */
  private static final double FINE = 0.5 / Grid.STEPS_PER_BANDWIDTH;

  private RoundedSamples() {}

  /**
   * Returns whether on some axis most coordinates occur more than once and are more than half a
   * step of the grid apart on average.
   *
   * @param points samples in random order, row-major [n, d]
   */
  static boolean areThese(float[] points, int d, double h) {
    for (int axis = 0; axis < d; axis++) {
      int n = Math.min(points.length / d, LOOKED_AT);
      float[] sorted = new float[n];
      for (int i = 0; i < n; i++) {
        sorted[i] = points[i * d + axis];
      }
      Arrays.sort(sorted);
      if (isRounded(sorted, h)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRounded(float[] sorted, double h) {
    int distinct = 1;
    for (int i = 1; i < sorted.length; i++) {
      distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
    }
    double range = (double) sorted[sorted.length - 1] - sorted[0];
    return distinct <= sorted.length / 2 && (distinct == 1 || range > FINE * h * (distinct - 1));
  }
}
