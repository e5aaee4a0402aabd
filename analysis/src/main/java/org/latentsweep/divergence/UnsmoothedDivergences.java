package org.latentsweep.divergence;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.latentsweep.metric.Metric;
import org.latentsweep.metric.PointsCheck;
import org.latentsweep.target.TargetDistribution;

/**
 * Divergences in nats between a target p and the distribution q of a generator's samples as they
 * are, without smoothing: finite only where q has a density, which the samples of a generator with
 * fewer latent dimensions than the sample space do not; then the numbers are set by the distances
 * between samples. Every method may be called from many threads.
 */
public final class UnsmoothedDivergences {
  private static final double WINDOW = 1.25; // times the target's support
  private static final int FLOOR_REPETITIONS = 4;

  private static final BoundedCache<TargetDistribution, TargetPoints> POINTS =
      new BoundedCache<>(16);
  private static final BoundedCache<FloorKey, List<Double>> FLOORS = new BoundedCache<>(1024);

  private UnsmoothedDivergences() {}

  /**
   * Estimates divergences.
   *
   * @param target p; equal targets share a cache entry
   * @param points samples of q, row-major [n, d], finite, n at least {@value PointsCheck#LEAST},
   *     not constant in any coordinate
   * @return {@code kl_kde_forward} by {@code abramson-extrapolated}, with the geometric mean of the
   *     bandwidths; {@code kl_knn_forward} and {@code kl_entropy_reverse} by {@code knn-5}. The
   *     reverse one is infinite where a sample lies outside the target's support
   * @throws IllegalArgumentException naming everything that is wrong with the points
   */
  public static List<Metric> of(TargetDistribution target, float[] points) {
    PointsCheck.checkSpread(points, target.dimensions());
    int n = points.length / target.dimensions();
    List<Double> floors = FLOORS.get(new FloorKey(target, n), key -> floors(target, n));
    List<Metric> raw = raw(target, points);
    return IntStream.range(0, raw.size())
        .mapToObj(i -> raw.get(i).withFloor(floors.get(i)))
        .toList();
  }

  private static List<Metric> raw(TargetDistribution target, float[] points) {
    int n = points.length / target.dimensions();
    TargetPoints stand = POINTS.get(target, TargetPoints::new);
    NeighbourEstimates neighbours = new NeighbourEstimates(target, points);
    return List.of(
        kde(target, stand, points),
        knn("kl_knn_forward", neighbours.forward(stand), n),
        knn("kl_entropy_reverse", neighbours.reverse(), n));
  }

  private static Metric kde(TargetDistribution target, TargetPoints stand, float[] points) {
    SamplesInWindow samples = inWindow(target, points);
    AdaptiveEstimate estimate = new AdaptiveEstimate(target, stand, samples);
    return Metric.withNormalInterval(
        "kl_kde_forward",
        "abramson-extrapolated",
        estimate.value(),
        estimate.standardError(),
        Double.NaN,
        samples.total(),
        estimate.bandwidth(),
        0);
  }

  /** The samples around the target or, where these are too few to say anything, all. */
  static SamplesInWindow inWindow(TargetDistribution target, float[] points) {
    int d = target.dimensions();
    SamplesInWindow near = new SamplesInWindow(points, d, WINDOW * target.supportHalfWidth());
    return near.size() >= PointsCheck.LEAST
        ? near
        : new SamplesInWindow(points, d, Float.MAX_VALUE);
  }

  private static Metric knn(String metric, NeighbourEstimates.Estimate estimate, int n) {
    return Metric.withNormalInterval(
        metric,
        "knn-" + NeighbourEstimates.K,
        estimate.value(),
        estimate.standardError(),
        Double.NaN,
        n,
        Double.NaN,
        estimate.floored());
  }

  private record FloorKey(TargetDistribution target, int n) {}

  /** Means over samples of the target itself, drawn with the seeds 1, 2, ... */
  private static List<Double> floors(TargetDistribution target, int n) {
    double[] sums = new double[3];
    for (int seed = 1; seed <= FLOOR_REPETITIONS; seed++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      float[] points = new float[n * target.dimensions()];
      target.sample(random, points);
      List<Metric> metrics = raw(target, points);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += metrics.get(i).value() / FLOOR_REPETITIONS;
      }
    }
    return Arrays.stream(sums).boxed().toList();
  }
}
