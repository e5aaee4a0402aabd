package org.latentsweep.mapping;

import java.util.Arrays;
import smile.stat.distribution.TDistribution;

/**
 * The mean of a statistic over independent blocks of equal size, with the standard error that
 * follows from their spread.
 *
 * @param value the mean
 * @param standardError standard deviation over the blocks, divided by sqrt(blocks)
 * @param blocks number of blocks, at least 2
 */
record BlockMean(double value, double standardError, int blocks) {

  /** Returns the mean of values, one per block. */
  static BlockMean of(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    int blocks = values.length;
    return new BlockMean(mean, Math.sqrt(squares / (blocks - 1.0) / blocks), blocks);
  }

  /**
   * Returns the ratio to another mean, which is above 0 and independent. The standard error is that
   * of the delta method.
   */
  BlockMean over(BlockMean other) {
    double ratio = value / other.value;
    return new BlockMean(
        ratio, Math.hypot(standardError, ratio * other.standardError) / other.value, blocks);
  }

  /** Returns half of the width of the 95% t-interval. */
  double half() {
    return new TDistribution(blocks - 1).quantile(0.975) * standardError;
  }
}
