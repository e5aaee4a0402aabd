package org.latentsweep.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.latentsweep.metric.BoundedCache;
import org.latentsweep.metric.CanonicalOrder;
import org.latentsweep.metric.Floors;
import org.latentsweep.metric.Medians;
import org.latentsweep.metric.Metric;
import org.latentsweep.metric.PointsCheck;
import org.latentsweep.target.TargetDistribution;

/**
 * How well the distribution q of a generator's samples covers a target p, and what it adds to it:
 *
 * <ul>
 *   <li>if p is a mixture of several modes, the metrics of {@link ModeMetrics};
 *   <li>{@value #STRAY}: the share of samples where p has no mass or almost none, as {@link
 *       TargetDistribution#isStray} defines it;
 *   <li>the metrics of {@link PrecisionRecall}, against samples of p that are always the same;
 *   <li>the distances of {@link SlicedDistances} and of {@link MeanDiscrepancy} from p itself;
 *   <li>the errors of the first two {@link Moments}.
 * </ul>
 *
 * <p>Intervals are for the expectation of the same estimator over samples of the same generator, as
 * many; the floor is that expectation for a perfect generator. So if the floor lies inside the
 * interval, nothing wrong was found. Samples that are all equal, or do not spread along an axis,
 * are measured too.
 *
 * <p>What is computed from a target alone is kept in bounded caches, as are the floors. Many
 * threads may call every method at the same time, and the same points give the same bits in any
 * order.
 */
public final class CoverageMetrics {
  /** Name of the metric that is the share of samples where the target has almost no mass. */
  public static final String STRAY = "stray";

  /**
   * The greatest number of samples, generated and real, of {@link PrecisionRecall}. Chosen by
   * judgement, to save time.
   */
  private static final int MAX_NEIGHBOUR_SAMPLES = 10_000;

  /**
   * Seed of the samples of the target that are compared with. Any seed that no run is likely to
   * have would do; these are the characters "coverage".
   */
  private static final long REFERENCE_SEED = 0x636f_7665_7261_6765L;

  /**
   * Samples of the target whose median distance is the scale of the kernel of {@link
   * MeanDiscrepancy}. Chosen by judgement, to save time.
   */
  private static final int MEDIAN_SAMPLES = 1000;

  /**
   * With fewer samples, every metric has a reason. Chosen by judgement: with 200, intervals of all
   * pairs tried held the expected value; with 100 or 50, those of {@value
   * ModeMetrics#MODE_SD_RATIO} and {@value ModeMetrics#MODE_KL} did so too seldom for some.
   */
  private static final int FEW = 200;

  /** Chosen by judgement: room for the few targets of a sweep. */
  private static final int MAX_TARGETS = 16;

  /** Chosen by judgement: room for the targets of a sweep at several numbers of samples each. */
  private static final int MAX_NEIGHBOUR_REFERENCES = 64;

  /** Chosen by judgement: floors are a few numbers, and a sweep has few sample sizes. */
  private static final int MAX_FLOORS = 1024;

  private static final BoundedCache<TargetDistribution, Reference> REFERENCES =
      new BoundedCache<>(MAX_TARGETS);
  private static final BoundedCache<SizeKey, PrecisionRecall> NEIGHBOURS =
      new BoundedCache<>(MAX_NEIGHBOUR_REFERENCES);
  private static final BoundedCache<SizeKey, Map<String, Double>> FLOORS =
      new BoundedCache<>(MAX_FLOORS);

  private CoverageMetrics() {}

  /**
   * Measures samples.
   *
   * @param target p; equal targets share cache entries
   * @param points samples of q, row-major [n, d], finite, n at least {@value
   *     PointsCheck#MIN_POINTS}
   * @return the metrics in the order above; {@value ModeMetrics#MODE_SD_RATIO} only if a mode has
   *     20 samples or more. {@value ModeMetrics#MODE_WEIGHT_MAX_RATIO} is infinite if a mode has no
   *     sample
   * @throws IllegalArgumentException naming everything that is wrong with the points, or if the
   *     target has neither modes nor a natural map from uniform latents
   */
  public static List<Metric> of(TargetDistribution target, float[] points) {
    PointsCheck.check(points, target.dimensions());
    int n = points.length / target.dimensions();
    Map<String, Double> floors = FLOORS.get(new SizeKey(target, n), CoverageMetrics::floors);
    return withoutFloors(target, CanonicalOrder.of(points, target.dimensions())).stream()
        .map(metric -> metric.withFloor(floors.getOrDefault(metric.metric(), Double.NaN)))
        .map(metric -> n < FEW ? withReason(metric) : metric)
        .toList();
  }

  private static Metric withReason(Metric metric) {
    String few = "fewer than " + FEW + " samples: the interval may be too narrow";
    return metric.withReason(metric.reason().isEmpty() ? few : metric.reason() + "; " + few);
  }

  /** Measures independent samples, or samples in {@link CanonicalOrder}. */
  private static List<Metric> withoutFloors(TargetDistribution target, float[] points) {
    Reference reference = REFERENCES.get(target, Reference::of);
    int n = points.length / target.dimensions();
    SizeKey neighbours = new SizeKey(target, Math.min(n, MAX_NEIGHBOUR_SAMPLES));
    List<Metric> metrics = new ArrayList<>();
    if (target.modes().size() > 1) {
      metrics.addAll(ModeMetrics.of(target.modes(), points));
    }
    metrics.add(stray(target, points));
    metrics.addAll(
        NEIGHBOURS
            .get(neighbours, CoverageMetrics::neighbours)
            .estimates(Arrays.copyOf(points, neighbours.n * target.dimensions())));
    metrics.addAll(reference.sliced.estimates(points));
    metrics.add(reference.discrepancy.estimate(points));
    metrics.addAll(reference.moments.estimates(points));
    return metrics;
  }

  private static Metric stray(TargetDistribution target, float[] points) {
    double[] x = new double[target.dimensions()];
    long count = 0;
    for (int row = 0; row < points.length; row += x.length) {
      for (int a = 0; a < x.length; a++) {
        x[a] = points[row + a];
      }
      count += target.isStray(x) ? 1 : 0;
    }
    return Estimates.share(STRAY, "share", count, points.length / x.length);
  }

  private static PrecisionRecall neighbours(SizeKey key) {
    return new PrecisionRecall(
        Floors.draw(key.target, key.n, REFERENCE_SEED), key.target.dimensions());
  }

  private static Map<String, Double> floors(SizeKey key) {
    return Floors.of(
        key.target,
        key.n,
        points ->
            withoutFloors(key.target, points).stream()
                .collect(Collectors.toMap(Metric::metric, Metric::value)));
  }

  private record SizeKey(TargetDistribution target, int n) {}

  /** What is computed once from a target. */
  private record Reference(SlicedDistances sliced, MeanDiscrepancy discrepancy, Moments moments) {

    static Reference of(TargetDistribution target) {
      TargetAtoms atoms = TargetAtoms.of(target);
      return new Reference(
          new SlicedDistances(target, atoms),
          new MeanDiscrepancy(target, atoms, new ScaledKernel(medianDistance(target))),
          Moments.of(target, atoms));
    }

    /** Returns the usual scale (Gretton et al. 2012), here from samples of the target alone. */
    private static double medianDistance(TargetDistribution target) {
      int d = target.dimensions();
      float[] points = Floors.draw(target, MEDIAN_SAMPLES, REFERENCE_SEED);
      double[] squared = new double[MEDIAN_SAMPLES * (MEDIAN_SAMPLES - 1) / 2];
      int pair = 0;
      for (int i = 0; i < MEDIAN_SAMPLES; i++) {
        for (int j = 0; j < i; j++) {
          for (int a = 0; a < d; a++) {
            squared[pair] += Math.pow(points[i * d + a] - points[j * d + a], 2);
          }
          pair++;
        }
      }
      return Math.sqrt(Medians.upperMedian(squared));
    }
  }
}
