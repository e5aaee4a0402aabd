package org.latentsweep.metric;

import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latentsweep.target.TargetDistribution;

/**
 * Computes the floors of metrics: the values that an estimator gives for samples of the target
 * itself, and so the values that a perfect generator would get.
 */
public final class Floors {
  /**
   * The largest number of sets of samples per floor. Chosen by judgement: the mean of four has half
   * the standard error of one, and costs four measurements per target and sample size.
   */
  private static final int MAX_SETS = 4;

  /**
   * The number of samples in all sets from which on no further set is measured. Chosen by
   * judgement: a floor from one large set is as precise as one from four small ones.
   */
  private static final int ENOUGH = 40_000;

  private Floors() {}

  /**
   * Returns the mean of each metric over sets of samples of a target, drawn with the seeds 1, 2,
   * ... There are {@value #MAX_SETS} sets, or as few as have {@value #ENOUGH} samples together.
   *
   * @param n number of samples in each set
   * @param estimator maps samples, row-major [n, d], to the values of metrics by name
   * @return the mean of each metric over the sets for which the estimator gave it, by name
   */
  public static Map<String, Double> of(
      TargetDistribution target, int n, Function<float[], Map<String, Double>> estimator) {
    int sets = Math.max(1, Math.min(MAX_SETS, (ENOUGH + n - 1) / n));
    return IntStream.rangeClosed(1, sets)
        .mapToObj(seed -> estimator.apply(draw(target, n, seed)))
        .flatMap(values -> values.entrySet().stream())
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.averagingDouble(Map.Entry::getValue)));
  }

  /** Draws n samples of a target, row-major [n, d]. The same seed draws the same samples. */
  public static float[] draw(TargetDistribution target, int n, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    float[] points = new float[n * target.dimensions()];
    target.sample(random, points);
    return points;
  }
}
