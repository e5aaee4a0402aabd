package org.latentsweep.metric;

import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.numbers.gamma.InverseErf;

/**
 * A population of runs: a lognormal divergence, and with some probability one that is far larger,
 * as of a run that collapsed.
 *
 * @param collapse the probability of a collapse
 */
record SeedPopulation(double collapse) {
  /** A lognormal population, and populations in which a tenth or a quarter of the runs collapse. */
  static final List<SeedPopulation> ALL =
      List.of(new SeedPopulation(0), new SeedPopulation(0.1), new SeedPopulation(0.25));

  private static final double LOG_SD = 0.4;
  private static final double COLLAPSED_LOG_MEAN = 4;
  private static final double COLLAPSED_LOG_SD = 0.5;

  double[] draw(RandomGenerator random, int n) {
    return random
        .doubles(n)
        .map(
            u ->
                u < collapse
                    ? COLLAPSED_LOG_MEAN + COLLAPSED_LOG_SD * random.nextGaussian()
                    : LOG_SD * random.nextGaussian())
        .map(Math::exp)
        .toArray();
  }

  /** Returns the median: far below what collapses, so the quantile of the lognormal part. */
  double median() {
    double quantile = 0.5 / (1 - collapse);
    double z = Math.sqrt(2) * InverseErf.value(2 * quantile - 1);
    return Math.exp(LOG_SD * z);
  }
}
