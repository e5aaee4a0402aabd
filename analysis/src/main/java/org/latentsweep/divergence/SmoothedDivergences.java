package org.latentsweep.divergence;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.BoundedCache;
import org.latentsweep.metric.CanonicalOrder;
import org.latentsweep.metric.Floors;
import org.latentsweep.metric.Metric;
import org.latentsweep.metric.PointsCheck;
import org.latentsweep.target.TargetDistribution;

/**
 * The headline metrics: KL(p * N_h || q * N_h), its reverse, their mean, the Jensen-Shannon
 * divergence and the skew divergence KL(p * N_h || 0.99 q * N_h + 0.01 p * N_h), in nats, between a
 * target p and the distribution q of a generator's samples, both smoothed by a centred normal N_h
 * with standard deviation h in every coordinate.
 *
 * <p>Smoothing makes both directions finite, even for samples on a curve, and so comparable over a
 * sweep. Each divergence is 0 only if p = q. The Gaussian kernel density estimate of the samples
 * with bandwidth h is an unbiased estimate of q * N_h, and p * N_h is known.
 *
 * <p>The smoothed targets and the floors are computed once and kept in bounded caches. Many threads
 * may call every method at the same time.
 */
public final class SmoothedDivergences {
  /** Name of the metric KL(p * N_h || q * N_h). */
  public static final String KL_FORWARD = "kl_forward";

  /** Name of the metric KL(q * N_h || p * N_h). */
  public static final String KL_REVERSE = "kl_reverse";

  /** Name of the metric that is the mean of both directions. */
  public static final String KL_MEAN = "kl_mean";

  /** Name of the metric that is the Jensen-Shannon divergence. */
  public static final String JS = "js";

  /** Name of the metric that is the skew divergence. */
  public static final String KL_SKEW = "kl_skew";

  /** Name of the method of estimation in tables, which is that of {@link SmoothedEstimator}. */
  public static final String ESTIMATOR = "binned-kde-corrected";

  /** Chosen by judgement: room for the few targets of a sweep at several bandwidths each. */
  private static final int MAX_TARGETS = 16;

  /** Chosen by judgement: a floor is five numbers, and a sweep has few sample sizes. */
  private static final int MAX_FLOORS = 1024;

  private static final BoundedCache<TargetKey, TargetGrid> TARGETS =
      new BoundedCache<>(MAX_TARGETS);
  private static final BoundedCache<SmoothedFloorKey, Map<String, Double>> FLOORS =
      new BoundedCache<>(MAX_FLOORS);

  private SmoothedDivergences() {}

  /**
   * Estimates the divergences at one bandwidth.
   *
   * @param target p; equal targets share a cache entry
   * @param points samples of q, row-major [n, d], finite, n at least {@value
   *     PointsCheck#MIN_POINTS}
   * @param bandwidth h as a multiple of the target's default bandwidth
   * @return {@value #KL_FORWARD}, {@value #KL_REVERSE}, {@value #KL_MEAN}, {@value #JS} and {@value
   *     #KL_SKEW}, in this order; the same for any order of the samples. The first and the third
   *     have an infinite upper end and a reason where the target has mass that samples can hardly
   *     tell of, whose share is {@code floored}
   * @throws IllegalArgumentException naming everything that is wrong with the points
   */
  public static List<Metric> of(TargetDistribution target, float[] points, Bandwidth bandwidth) {
    PointsCheck.check(points, target.dimensions());
    double h = bandwidth.of(target);
    int n = points.length / target.dimensions();
    TargetGrid grid = target(target, h);
    Map<String, Double> floors =
        FLOORS.get(
            new SmoothedFloorKey(target, h, n),
            key -> Floors.of(target, n, drawn -> values(grid, drawn)));
    Map<Divergence, SmoothedEstimate> estimates =
        SmoothedEstimator.estimate(grid, CanonicalOrder.of(points, target.dimensions()));
    return Arrays.stream(Divergence.values())
        .map(d -> metric(d, estimates.get(d), floors.get(d.metric()), n, h))
        .toList();
  }

  private static Metric metric(
      Divergence divergence, SmoothedEstimate estimate, double floor, int n, double h) {
    return new Metric(
        divergence.metric(),
        ESTIMATOR,
        estimate.value(),
        estimate.standardError(),
        estimate.ciLow(),
        estimate.ciHigh(),
        floor,
        n,
        h,
        estimate.floored(),
        reason(estimate));
  }

  private static String reason(SmoothedEstimate estimate) {
    return estimate.isOpen()
        ? String.format(
            Locale.ROOT,
            "the samples say too little of %.3g%% of the target's mass: the divergence may be any"
                + " value from %.3g up",
            100 * estimate.floored(),
            estimate.ciLow())
        : "";
  }

  /** Returns the names of the metrics that depend on the bandwidth. */
  public static Set<String> names() {
    return Arrays.stream(Divergence.values())
        .map(Divergence::metric)
        .collect(Collectors.toUnmodifiableSet());
  }

  private record TargetKey(TargetDistribution target, double h) {}

  private record SmoothedFloorKey(TargetDistribution target, double h, int n) {}

  /** Returns the smoothed target from the cache, and computes it first if it is not there. */
  static TargetGrid target(TargetDistribution target, double h) {
    return TARGETS.get(new TargetKey(target, h), key -> TargetGrid.of(target, h));
  }

  private static Map<String, Double> values(TargetGrid grid, float[] points) {
    return SmoothedEstimator.estimate(grid, points).entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().metric(), e -> e.getValue().value()));
  }
}
