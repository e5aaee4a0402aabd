package org.latentsweep.divergence;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.latentsweep.metric.BoundedCache;
import org.latentsweep.metric.Floors;
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

  private static final BoundedCache<TargetDistribution, TargetPoints> POINTS =
      new BoundedCache<>(16);
  private static final BoundedCache<FloorKey, Map<String, Double>> FLOORS =
      new BoundedCache<>(1024);

  private UnsmoothedDivergences() {}

  /**
   * Estimates divergences.
   *
   * @param target p; equal targets share a cache entry
   * @param points samples of q, row-major [n, d], finite, n at least {@value
   *     PointsCheck#MIN_POINTS}, not constant in any coordinate
   * @return {@code kl_kde_forward} by {@code abramson-extrapolated}, with the geometric mean of the
   *     bandwidths; {@code kl_knn_forward} and {@code kl_entropy_reverse} by {@code knn-5}. The
   *     reverse one is infinite where a sample lies outside the target's support
   * @throws IllegalArgumentException naming everything that is wrong with the points
   */
  public static List<Metric> of(TargetDistribution target, float[] points) {
    PointsCheck.checkSpread(points, target.dimensions());
    int n = points.length / target.dimensions();
    Map<String, Double> floors = FLOORS.get(new FloorKey(target, n), UnsmoothedDivergences::floors);
    return raw(target, points).stream()
        .map(metric -> metric.withFloor(floors.get(metric.metric())))
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
    return near.size() >= PointsCheck.MIN_POINTS
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

  private static Map<String, Double> floors(FloorKey key) {
    return Floors.of(
        key.target,
        key.n,
        points ->
            raw(key.target, points).stream()
                .collect(Collectors.toMap(Metric::metric, Metric::value)));
  }
}
