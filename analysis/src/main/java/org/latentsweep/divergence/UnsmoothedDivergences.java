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
 * are, without smoothing.
 *
 * <p>They are finite only where q has a density. The samples of a generator with fewer latent
 * dimensions than the sample space have none; the estimates are then determined by the distances
 * between samples, and so by n. Many threads may call every method at the same time.
 */
public final class UnsmoothedDivergences {
  /** Name of the metric KL(p || q) from an adaptive kernel density estimate. */
  public static final String KL_KDE_FORWARD = "kl_kde_forward";

  /** Name of the metric KL(p || q) from nearest neighbours. */
  public static final String KL_KNN_FORWARD = "kl_knn_forward";

  /** Name of the metric KL(q || p) from the entropy by nearest neighbours. */
  public static final String KL_ENTROPY_REVERSE = "kl_entropy_reverse";

  /**
   * Half width of the window around the origin whose samples the kernel density estimate takes, in
   * half widths of the target's support. Chosen by judgement: samples beyond it contribute almost
   * nothing near the target, and would make the lattices of the estimate larger.
   */
  private static final double WINDOW = 1.25;

  /** Chosen by judgement: room for the few targets of a sweep. */
  private static final int MAX_TARGETS = 16;

  /** Chosen by judgement: a floor is three numbers, and a sweep has few sample sizes. */
  private static final int MAX_FLOORS = 1024;

  private static final BoundedCache<TargetDistribution, TargetPoints> POINTS =
      new BoundedCache<>(MAX_TARGETS);
  private static final BoundedCache<UnsmoothedFloorKey, Map<String, Double>> FLOORS =
      new BoundedCache<>(MAX_FLOORS);

  private UnsmoothedDivergences() {}

  /**
   * Estimates the divergences.
   *
   * @param target p; equal targets share a cache entry
   * @param points samples of q, row-major [n, d], finite, n at least {@value
   *     PointsCheck#MIN_POINTS}, not constant in any coordinate
   * @return {@value #KL_KDE_FORWARD} by {@code abramson-extrapolated}, whose bandwidth is the
   *     geometric mean of the samples' bandwidths, and {@value #KL_KNN_FORWARD} and {@value
   *     #KL_ENTROPY_REVERSE} by {@code knn-5}, in this order. The reverse divergence is infinite if
   *     a sample lies outside the support of the target
   * @throws IllegalArgumentException naming everything that is wrong with the points
   */
  public static List<Metric> of(TargetDistribution target, float[] points) {
    PointsCheck.checkSpread(points, target.dimensions());
    int n = points.length / target.dimensions();
    Map<String, Double> floors =
        FLOORS.get(new UnsmoothedFloorKey(target, n), UnsmoothedDivergences::floors);
    return withoutFloors(target, points).stream()
        .map(metric -> metric.withFloor(floors.get(metric.metric())))
        .toList();
  }

  private static List<Metric> withoutFloors(TargetDistribution target, float[] points) {
    int n = points.length / target.dimensions();
    TargetPoints targetPoints = POINTS.get(target, TargetPoints::of);
    NeighbourEstimates neighbours = new NeighbourEstimates(target, points);
    return List.of(
        kde(target, targetPoints, points),
        knn(KL_KNN_FORWARD, neighbours.forward(targetPoints), n),
        knn(KL_ENTROPY_REVERSE, neighbours.reverse(), n));
  }

  private static Metric kde(TargetDistribution target, TargetPoints targetPoints, float[] points) {
    SamplesInWindow samples = inWindow(target, points);
    AdaptiveEstimate estimate = AdaptiveEstimate.of(target, targetPoints, samples);
    return Metric.withNormalInterval(
        KL_KDE_FORWARD,
        "abramson-extrapolated",
        estimate.value(),
        estimate.standardError(),
        Double.NaN,
        samples.total(),
        estimate.bandwidth(),
        0);
  }

  /** Returns the samples around the target, or all samples if these are too few for a density. */
  static SamplesInWindow inWindow(TargetDistribution target, float[] points) {
    int d = target.dimensions();
    SamplesInWindow near = SamplesInWindow.of(points, d, WINDOW * target.supportHalfWidth());
    return near.size() >= PointsCheck.MIN_POINTS
        ? near
        : SamplesInWindow.of(points, d, Float.MAX_VALUE);
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

  private record UnsmoothedFloorKey(TargetDistribution target, int n) {}

  private static Map<String, Double> floors(UnsmoothedFloorKey key) {
    return Floors.of(
        key.target,
        key.n,
        points ->
            withoutFloors(key.target, points).stream()
                .collect(Collectors.toMap(Metric::metric, Metric::value)));
  }
}
