package org.latentsweep.divergence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.BoundedCache;
import org.latentsweep.metric.Floors;
import org.latentsweep.metric.Metric;
import org.latentsweep.metric.PointsCheck;
import org.latentsweep.target.TargetDistribution;

/**
 * The headline metrics: KL(p * N_h || q * N_h), its reverse, their mean and the Jensen-Shannon
 * divergence, in nats, between a target p and the distribution q of a generator's samples, both
 * smoothed by a centred normal N_h of standard deviation h in every coordinate.
 *
 * <p>Smoothing makes both directions finite, also for samples on a curve, and comparable over a
 * sweep; they are zero only at equality. The Gaussian kernel density estimate of the samples with
 * bandwidth h estimates q * N_h without bias, and p * N_h is known.
 *
 * <p>Targets are evaluated once per bandwidth and kept, as are the floors; both caches are bounded
 * and every method here may be called from many threads.
 */
public final class SmoothedDivergences {
  /** The estimator's name in tables: see {@link SmoothedEstimate}. */
  public static final String ESTIMATOR = "binned-kde-corrected";

  private static final BoundedCache<TargetKey, TargetGrid> TARGETS = new BoundedCache<>(16);
  private static final BoundedCache<FloorKey, Map<String, Double>> FLOORS =
      new BoundedCache<>(1024);

  private SmoothedDivergences() {}

  /**
   * Estimates the four divergences at one bandwidth.
   *
   * @param target p; equal targets share a cache entry
   * @param points samples of q, row-major [n, d], finite, n at least {@value
   *     PointsCheck#MIN_POINTS}
   * @param bandwidth h, as a multiple of the target's default
   * @return {@code kl_forward}, {@code kl_reverse}, {@code kl_mean} and {@code js}
   * @throws IllegalArgumentException naming everything that is wrong with the points
   */
  public static List<Metric> of(TargetDistribution target, float[] points, Bandwidth bandwidth) {
    PointsCheck.check(points, target.dimensions());
    double h = bandwidth.of(target);
    int n = points.length / target.dimensions();
    TargetGrid grid = target(target, h);
    Map<String, Double> floors =
        FLOORS.get(
            new FloorKey(target, h, n), key -> Floors.of(target, n, drawn -> values(grid, drawn)));
    SmoothedEstimate estimate = new SmoothedEstimate(grid, points);
    List<Metric> metrics = new ArrayList<>();
    for (Divergence divergence : Divergence.values()) {
      metrics.add(
          Metric.withNormalInterval(
              divergence.metric(),
              ESTIMATOR,
              estimate.value(divergence),
              estimate.standardError(divergence),
              floors.get(divergence.metric()),
              n,
              h,
              Double.NaN));
    }
    return List.copyOf(metrics);
  }

  /** The names of the metrics that depend on the bandwidth. */
  public static Set<String> names() {
    return Arrays.stream(Divergence.values())
        .map(Divergence::metric)
        .collect(Collectors.toUnmodifiableSet());
  }

  private record TargetKey(TargetDistribution target, double h) {}

  private record FloorKey(TargetDistribution target, double h, int n) {}

  /** The smoothed target, from the cache if it was asked for before. */
  static TargetGrid target(TargetDistribution target, double h) {
    return TARGETS.get(new TargetKey(target, h), key -> new TargetGrid(target, h));
  }

  private static Map<String, Double> values(TargetGrid grid, float[] points) {
    SmoothedEstimate estimate = new SmoothedEstimate(grid, points);
    return Arrays.stream(Divergence.values())
        .collect(Collectors.toMap(Divergence::metric, estimate::value));
  }
}
