package org.latentsweep.divergence;

import java.util.Arrays;

/**
 * A Gaussian kernel density estimate with a bandwidth of its own for every sample,
 *
 * <pre>q^(x) = 1/n sum_i N(x - x_i; 0, h_i^2 I)</pre>
 *
 * evaluated at points by binning. Bandwidths are taken to levels a factor of sqrt 2 apart, each of
 * which is a {@link KernelLevel}. A sample between two levels a &lt; b belongs to both, with shares
 * that keep its kernel's variance: that of b is (h^2 - a^2) / (b^2 - a^2). Squared kernels are
 * taken as the sum of their shares' squares. Immutable.
 */
final class BinnedKernels {
  private final double lowest; // bandwidth of the first level
  private final KernelLevel[] levels; // null where no sample has a share

  /**
   * Smooths samples.
   *
   * @param samples at least one in the window
   * @param bandwidths of each of those in the window
   * @param scale that all bandwidths are multiplied by
   * @param squared whether the sums of squared kernels are wanted too
   */
  BinnedKernels(SamplesInWindow samples, double[] bandwidths, double scale, boolean squared) {
    double least = Arrays.stream(bandwidths).min().orElseThrow();
    double most = Arrays.stream(bandwidths).max().orElseThrow();
    lowest = least * scale;
    levels = new KernelLevel[level(most / least) + 2];
    double[] share = new double[bandwidths.length];
    for (int l = 0; l < levels.length; l++) {
      double variance = least * least * Math.pow(2, l);
      double sum = 0;
      for (int i = 0; i < share.length; i++) {
        share[i] = share(bandwidths[i] * bandwidths[i] / variance);
        sum += share[i];
      }
      if (sum > 0) {
        levels[l] = KernelLevel.of(samples, share, scale * Math.sqrt(variance), squared);
      }
    }
  }

  /** The level at or below a ratio of bandwidths. */
  private static int level(double ratio) {
    return (int) (2 * Math.log(ratio) / Math.log(2));
  }

  /** Of a level, from the variance of a sample's kernel over the level's. */
  private static double share(double ratio) {
    return Math.max(0, ratio < 1 ? 2 * ratio - 1 : 2 - ratio);
  }

  /** What the sums are at a point. */
  static final class Value {
    /** q^. */
    double density;

    /** 1/n^2 sum_i N(x - x_i; 0, h_i^2 I)^2. */
    double squares;
  }

  /** Evaluates both sums at a point. */
  void at(double x, double y, Value value) {
    value.density = 0;
    value.squares = 0;
    for (KernelLevel level : levels) {
      if (level != null) {
        level.addAt(x, y, value);
      }
    }
  }

  /** What a sample of that bandwidth, scaled, adds to q^ at its own place. */
  double own(double x, double y, double bandwidth) {
    double sum = 0;
    int first = Math.max(0, level(bandwidth / lowest) - 1);
    for (int l = first; l < Math.min(levels.length, first + 4); l++) {
      if (levels[l] != null) {
        double ratio = bandwidth / lowest;
        sum += share(ratio * ratio / Math.pow(2, l)) * levels[l].own(x, y);
      }
    }
    return sum;
  }
}
