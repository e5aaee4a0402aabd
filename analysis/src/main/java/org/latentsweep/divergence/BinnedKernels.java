package org.latentsweep.divergence;

import java.util.Arrays;

/**
 * A Gaussian kernel density estimate with a separate bandwidth for each sample,
 *
 * <pre>q^(x) = 1/n sum_i N(x - x_i; 0, h_i^2 I)</pre>
 *
 * evaluated at points by binning. Bandwidths are represented by levels a factor of sqrt 2 apart,
 * each of which is a {@link KernelLevel}. A sample between two levels with bandwidths a &lt; b
 * belongs to both, with shares that preserve the variance of its kernel: the share of b is (h^2 -
 * a^2) / (b^2 - a^2). The square of a kernel is taken to be the sum of its shares' squares.
 * Immutable.
 */
final class BinnedKernels {
  private final double lowest; // bandwidth of the first level
  private final KernelLevel[] levels; // null where no sample has a share

  private BinnedKernels(double lowest, KernelLevel[] levels) {
    this.lowest = lowest;
    this.levels = levels;
  }

  /**
   * Smooths samples.
   *
   * @param samples at least one in the window
   * @param bandwidths bandwidth of each sample in the window
   * @param scale factor by which all bandwidths are multiplied
   * @param squared whether to compute the sums of squared kernels too
   */
  static BinnedKernels of(
      SamplesInWindow samples, double[] bandwidths, double scale, boolean squared) {
    double min = Arrays.stream(bandwidths).min().orElseThrow();
    double max = Arrays.stream(bandwidths).max().orElseThrow();
    KernelLevel[] levels = new KernelLevel[level(max / min) + 2];
    double[] share = new double[bandwidths.length];
    for (int l = 0; l < levels.length; l++) {
      double variance = min * min * Math.pow(2, l);
      double sum = 0;
      for (int i = 0; i < share.length; i++) {
        share[i] = share(bandwidths[i] * bandwidths[i] / variance);
        sum += share[i];
      }
      if (sum > 0) {
        levels[l] = KernelLevel.of(samples, share, scale * Math.sqrt(variance), squared);
      }
    }
    return new BinnedKernels(min * scale, levels);
  }

  /** Returns the level at or below a bandwidth, which is given over that of the first level. */
  private static int level(double ratio) {
    return (int) (2 * Math.log(ratio) / Math.log(2));
  }

  /** Returns the share of a level, from the variance of a sample's kernel over the level's. */
  private static double share(double ratio) {
    return Math.max(0, ratio < 1 ? 2 * ratio - 1 : 2 - ratio);
  }

  /** The sums at a point: a buffer, because they are evaluated at very many points. */
  static final class KernelSums {
    /** q^. */
    double density;

    /** 1/n^2 sum_i N(x - x_i; 0, h_i^2 I)^2. */
    double squares;
  }

  /** Evaluates both sums at a point; the squares are 0 if they were not computed. */
  void at(double x, double y, KernelSums value) {
    value.density = 0;
    value.squares = 0;
    for (KernelLevel level : levels) {
      if (level != null) {
        level.addAt(x, y, value);
      }
    }
  }

  /**
   * Returns what a sample adds to q^ at its own point.
   *
   * @param bandwidth bandwidth of the sample, times the scale
   */
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
