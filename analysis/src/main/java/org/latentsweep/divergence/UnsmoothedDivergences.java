package org.latentsweep.divergence;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latentsweep.divergence.NeighbourEstimates.ForwardEstimate;
import org.latentsweep.divergence.NeighbourEstimates.ReverseEstimate;
import org.latentsweep.metric.BoundedCache;
import org.latentsweep.metric.CanonicalOrder;
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

  private static final String KERNELS = "abramson-extrapolated";
  private static final String NEIGHBOURS = "knn-" + NeighbourEstimates.K;

  /**
   * Half width of the window around the origin whose samples the kernel density estimate takes, in
   * half widths of the target's support. Chosen by judgement: samples beyond it contribute almost
   * nothing near the target, and would make the lattices of the estimate larger.
   */
  private static final double WINDOW = 1.25;

  /**
   * Share of the samples with others at the same place above which they count as drawn from points,
   * not from a density. Chosen by judgement.
   */
  private static final double MAX_TIED = 0.5;

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
   * Estimates the divergences. Their values do not depend on the order of the samples.
   *
   * <p>Half of the difference between both forward estimates, whose biases differ, is added to the
   * standard error of each in quadrature.
   *
   * <p>Where a part of p is beyond the samples, q there may be arbitrarily small. The intervals of
   * the forward divergences are then open upwards and start at the smaller of both lower ends,
   * because the density by neighbours is too great there, while that by kernels may be too small.
   * With few samples, both intervals span both estimates for the same reason.
   *
   * @param target p; equal targets share a cache entry
   * @param points samples of q, row-major [n, d], finite, n at least {@value
   *     PointsCheck#MIN_POINTS}
   * @return {@value #KL_KDE_FORWARD} by {@code abramson-extrapolated}, whose bandwidth is the
   *     geometric mean of the samples' bandwidths, and {@value #KL_KNN_FORWARD} and {@value
   *     #KL_ENTROPY_REVERSE} by {@code knn-5}, in this order. All are infinite if a coordinate is
   *     constant or most samples coincide with others, so that they have no density; the reverse
   *     divergence is infinite if a sample lies outside the support of the target. A negative
   *     estimate, or end of an interval, is reported as 0
   * @throws IllegalArgumentException naming everything that is wrong with the points
   */
  public static List<Metric> of(TargetDistribution target, float[] points) {
    PointsCheck.check(points, target.dimensions());
    int n = points.length / target.dimensions();
    Map<String, Double> floors =
        FLOORS.get(new UnsmoothedFloorKey(target, n), UnsmoothedDivergences::floors);
    return withoutFloors(target, points).stream()
        .map(metric -> metric.withFloor(floors.get(metric.metric())))
        .toList();
  }

  private static List<Metric> withoutFloors(TargetDistribution target, float[] points) {
    int d = target.dimensions();
    float[] ordered = CanonicalOrder.of(points, d);
    int n = ordered.length / d;
    NeighbourEstimates neighbours = new NeighbourEstimates(target, ordered);
    ReverseEstimate reverse = neighbours.reverse();
    if (reverse.tied() > MAX_TIED || hasConstantCoordinate(ordered, d)) {
      return infinite(n);
    }
    TargetPoints targetPoints = POINTS.get(target, TargetPoints::of);
    ForwardEstimate knn = neighbours.forward(targetPoints);
    Caveats caveats = new Caveats(n, knn.beyond(), reverse.tied(), reverse.stray());
    AdaptiveEstimate kde = AdaptiveEstimate.of(target, targetPoints, inWindow(target, ordered));
    double apart = Math.abs(kde.value() - (knn.value() - knn.bias() / 2)) / 2;
    Metric byKernels = kde(kde, Math.hypot(kde.standardError(), apart), n);
    Metric byNeighbours =
        knn(
            KL_KNN_FORWARD,
            knn.value(),
            Math.hypot(knn.sampling(), apart),
            knn.bias(),
            knn.floored(),
            n);
    Metric ofSamples =
        knn(
            KL_ENTROPY_REVERSE,
            reverse.value(),
            reverse.sampling(),
            reverse.bias(),
            reverse.floored(),
            n);
    return List.of(
        forward(byKernels, byNeighbours, caveats),
        forward(byNeighbours, byKernels, caveats),
        reverse(ofSamples, caveats));
  }

  private static boolean hasConstantCoordinate(float[] points, int d) {
    return IntStream.range(0, d)
        .anyMatch(
            a ->
                IntStream.range(0, points.length / d)
                    .allMatch(i -> points[i * d + a] == points[a]));
  }

  /** Returns the rows of samples whose distribution has no density. */
  private static List<Metric> infinite(int n) {
    return List.of(
        infinite(KL_KDE_FORWARD, KERNELS, n),
        infinite(KL_KNN_FORWARD, NEIGHBOURS, n),
        infinite(KL_ENTROPY_REVERSE, NEIGHBOURS, n));
  }

  private static Metric infinite(String metric, String estimator, int n) {
    return Metric.withNormalInterval(
            metric, estimator, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN, n, Double.NaN, 1)
        .withReason(
            "most samples coincide with others or a coordinate is constant: they have no density");
  }

  private static Metric kde(AdaptiveEstimate estimate, double standardError, int n) {
    return Metric.withNormalInterval(
        KL_KDE_FORWARD,
        KERNELS,
        estimate.value(),
        standardError,
        Double.NaN,
        n,
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

  /** Returns a metric whose interval allows for a bias between 0 and a given one. */
  private static Metric knn(
      String metric, double value, double sampling, double bias, double floored, int n) {
    return new Metric(
        metric,
        NEIGHBOURS,
        value,
        Math.hypot(sampling, bias / 2),
        value - Math.max(0, bias) - Metric.Z95 * sampling,
        value - Math.min(0, bias) + Metric.Z95 * sampling,
        Double.NaN,
        n,
        Double.NaN,
        floored);
  }

  /** Returns a forward divergence with an interval that allows for the caveats. */
  private static Metric forward(Metric metric, Metric other, Caveats caveats) {
    boolean joined = caveats.unsampled() || caveats.few();
    double low = joined ? Math.min(metric.ciLow(), other.ciLow()) : metric.ciLow();
    double high = joined ? Math.max(metric.ciHigh(), other.ciHigh()) : metric.ciHigh();
    boolean open = caveats.unsampled() || caveats.rounded();
    double floored = metric.floored() + (caveats.unsampled() ? caveats.beyond() : 0);
    return withInterval(metric, low, open ? Double.POSITIVE_INFINITY : high, floored)
        .withReason(caveats.ofForward());
  }

  private static Metric reverse(Metric metric, Caveats caveats) {
    double high = caveats.rounded() ? Double.POSITIVE_INFINITY : metric.ciHigh();
    return withInterval(metric, metric.ciLow(), high, metric.floored())
        .withReason(caveats.ofReverse());
  }

  private static Metric withInterval(Metric metric, double low, double high, double floored) {
    return new Metric(
        metric.metric(),
        metric.estimator(),
        Math.max(0, metric.value()),
        metric.standardError(),
        Math.max(0, low),
        Math.max(0, high),
        metric.floor(),
        metric.n(),
        metric.bandwidth(),
        floored);
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
