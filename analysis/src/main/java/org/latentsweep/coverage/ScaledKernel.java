package org.latentsweep.coverage;

import java.util.stream.IntStream;

/**
 * The mean of Gaussian kernels exp(-r^2 / 2b^2) whose bandwidths b are a scale times 1/8, 1/4, 1/2,
 * 1 and 2.
 *
 * <p>The scale is usually the median distance between samples (Gretton et al. 2012). With that
 * bandwidth alone, the kernel does not see structure that is much smaller than the whole, such as
 * modes that are moved by less than their distance. So it has several, as that of Li, Swersky and
 * Zemel 2015, "Generative moment matching networks".
 *
 * @param scale above 0, in the units of the sample space
 */
record ScaledKernel(double scale) {
  /** Number of bandwidths. */
  static final int COUNT = 5;

  /**
   * The largest bandwidth over the scale. Chosen by judgement, with the number: from twice the
   * median distance, which sees only the mean and the spread, down to the size of single modes.
   */
  private static final double LARGEST = 2;

  /** Returns the bandwidths in ascending order, each twice the one before. */
  double[] bandwidths() {
    return IntStream.range(0, COUNT)
        .mapToDouble(j -> Math.scalb(LARGEST * scale, j - COUNT + 1))
        .toArray();
  }

  /** Returns the kernel: the factor for half of a bandwidth is the fourth power of its own. */
  double at(double squaredDistance) {
    double factor = Math.exp(-squaredDistance / (2 * LARGEST * scale * LARGEST * scale));
    double sum = 0;
    for (int j = 0; j < COUNT; j++) {
      sum += factor;
      factor *= factor;
      factor *= factor;
    }
    return sum / COUNT;
  }
}
