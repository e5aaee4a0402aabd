package org.latentsweep.metric;

import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latentsweep.target.TargetDistribution;

/** What estimators say of samples of a target itself: the value that a perfect generator gets. */
public final class Floors {
  private static final int REPETITIONS = 4;

  private Floors() {}

  /**
   * The mean of each metric over {@value #REPETITIONS} sets of samples, drawn with the seeds 1, 2,
   * ...
   *
   * @param n samples of each set
   * @param estimator from samples, row-major [n, d], to values by their metrics' names
   * @return means over the sets that have the metric
   */
  public static Map<String, Double> of(
      TargetDistribution target, int n, Function<float[], Map<String, Double>> estimator) {
    return IntStream.rangeClosed(1, REPETITIONS)
        .mapToObj(seed -> estimator.apply(draw(target, n, seed)))
        .flatMap(values -> values.entrySet().stream())
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, Collectors.averagingDouble(Map.Entry::getValue)));
  }

  /** Draws n samples of a target, row-major [n, d]. */
  public static float[] draw(TargetDistribution target, int n, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    float[] points = new float[n * target.dimensions()];
    target.sample(random, points);
    return points;
  }
}
