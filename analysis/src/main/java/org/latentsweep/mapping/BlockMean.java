package org.latentsweep.mapping;

import java.util.Arrays;
import smile.stat.distribution.TDistribution;

/**
 * The mean of a statistic over independent blocks of equal size, with the error that their spread
 * gives it.
 *
 * @param value the mean
 * @param standardError of the mean: the blocks' standard deviation over sqrt(blocks)
 * @param blocks how many, at least 2
 */
record BlockMean(double value, double standardError, int blocks) {

  static BlockMean of(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    int blocks = values.length;
    return new BlockMean(mean, Math.sqrt(squares / (blocks - 1.0) / blocks), blocks);
  }

  /** Over the other mean, which is above 0 and independent; its error to first order. */
  BlockMean over(BlockMean other) {
    double ratio = value / other.value;
    return new BlockMean(
        ratio, Math.hypot(standardError, ratio * other.standardError) / other.value, blocks);
  }

  /** Half of the 95% t-interval. */
  double half() {
    return new TDistribution(blocks - 1).quantile(0.975) * standardError;
  }
}
