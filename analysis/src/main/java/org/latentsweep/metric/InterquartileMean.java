package org.latentsweep.metric;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The interquartile mean of a metric over the seeds of one cell: the mean of the values that are
 * left when a quarter of them, rounded down, is cut off at each end. The interval is from the 2.5th
 * to the 97.5th percentile of the mean over samples of the values with replacement, drawn for each
 * cell by itself (R. Agarwal et al. (2021), "Deep reinforcement learning at the edge of the
 * statistical precipice", NeurIPS, whose stratum is what is a cell here).
 *
 * @param value the interquartile mean
 * @param low lower end of the 95% interval; NaN for fewer than {@value #MIN_VALUES} values
 * @param high upper end of it; NaN for fewer
 */
public record InterquartileMean(double value, double low, double high) {
  /** From this number of seeds on, percentiles of the bootstrap are of use (Agarwal et al.). */
  private static final int MIN_VALUES = 10;

  /** As many as Agarwal et al. recommend. */
  private static final int SAMPLES = 2_000;

  private static final long SEED = 1; // the same values give the same interval

  /**
   * Summarises values, one per seed.
   *
   * @param values infinite where a run diverged or failed; at least one value, none NaN
   */
  public static InterquartileMean of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    if (sorted.length < MIN_VALUES) {
      return new InterquartileMean(middle(sorted), Double.NaN, Double.NaN);
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    double[] means = new double[SAMPLES];
    Arrays.setAll(means, i -> middle(resampled(sorted, random)));
    Arrays.sort(means);
    return new InterquartileMean(
        middle(sorted), means[SAMPLES / 40 - 1], means[SAMPLES - SAMPLES / 40]);
  }

  private static double[] resampled(double[] values, RandomGenerator random) {
    double[] drawn = new double[values.length];
    Arrays.setAll(drawn, i -> values[random.nextInt(values.length)]);
    Arrays.sort(drawn);
    return drawn;
  }

  private static double middle(double[] sorted) {
    int cut = sorted.length / 4;
    return Arrays.stream(sorted, cut, sorted.length - cut).average().orElseThrow();
  }
}
