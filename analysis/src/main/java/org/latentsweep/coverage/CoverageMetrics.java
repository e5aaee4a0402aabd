package org.latentsweep.coverage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.latentsweep.metric.BoundedCache;
import org.latentsweep.metric.Floors;
import org.latentsweep.metric.Metric;
import org.latentsweep.metric.PointsCheck;
import org.latentsweep.target.TargetDistribution;

/**
 * How well the distribution q of a generator's samples covers a target p, and what it adds to it:
 *
 * <ul>
 *   <li>where p is a mixture of several modes, {@code modes_covered}, {@code high_quality}, {@code
 *       mode_kl} (nats), {@code mode_weight_max_ratio} and {@code mode_sd_ratio} (Srivastava et al.
 *       2017, Lin et al. 2018);
 *   <li>{@code stray}: the share of samples where p has no mass or almost none, as {@link
 *       TargetDistribution#isStray} has it;
 *   <li>{@code precision}, {@code recall} (Kynkaanniemi et al. 2019), {@code density} and {@code
 *       coverage} (Naeem et al. 2020), against samples of p that are always the same;
 *   <li>{@code sliced_wasserstein} and {@code energy_distance} (Szekely and Rizzo 2013), in the
 *       units of the sample space and of its square root, and {@code mmd} (Gretton et al. 2012),
 *       against p itself;
 *   <li>{@code mean_error}, in the units of the sample space, and {@code sd_ratio}.
 * </ul>
 *
 * <p>Intervals are for the expected value of the same estimator over samples of the same generator,
 * as many; the floor is that value for a perfect generator. So a floor inside the interval says
 * that nothing wrong was found. Samples that do not spread, or are all equal, are measured as they
 * are.
 *
 * <p>What is computed of a target, and the floors, are kept in bounded caches. Every method may be
 * called from many threads, and the same points give the same bits.
 */
public final class CoverageMetrics {
  /** Samples on either side of the nearest-neighbour metrics. */
  private static final int MOST_NEIGHBOURS = 10_000;

  /** Of the samples of the target to compare with; unlikely to be anybody else's. */
  private static final long REFERENCE_SEED = 0x636f_7665_7261_6765L;

  /** Samples of the target whose median distance is the bandwidth of {@code mmd}. */
  private static final int MEDIAN_OVER = 1000;

  private static final BoundedCache<TargetDistribution, Reference> REFERENCES =
      new BoundedCache<>(16);
  private static final BoundedCache<SizeKey, PrecisionRecall> NEIGHBOURS = new BoundedCache<>(64);
  private static final BoundedCache<SizeKey, Map<String, Double>> FLOORS = new BoundedCache<>(1024);

  private CoverageMetrics() {}

  /**
   * Measures samples.
   *
   * @param target p; equal targets share cache entries
   * @param points samples of q, row-major [n, d], finite, n at least {@value
   *     PointsCheck#MIN_POINTS}
   * @return the metrics above, in that order; {@code mode_sd_ratio} only where a mode holds 20
   *     samples or more. {@code mode_weight_max_ratio} is infinite where a mode has no sample
   * @throws IllegalArgumentException naming everything that is wrong with the points, or if the
   *     target has neither modes nor a natural map from uniform latents
   */
  public static List<Metric> of(TargetDistribution target, float[] points) {
    PointsCheck.check(points, target.dimensions());
    int n = points.length / target.dimensions();
    Map<String, Double> floors = FLOORS.get(new SizeKey(target, n), CoverageMetrics::floors);
    return estimates(target, points).stream()
        .map(estimate -> estimate.withFloor(floors.getOrDefault(estimate.metric(), Double.NaN)))
        .toList();
  }

  private static List<Metric> estimates(TargetDistribution target, float[] points) {
    Reference reference = REFERENCES.get(target, Reference::new);
    int n = points.length / target.dimensions();
    SizeKey neighbours = new SizeKey(target, Math.min(n, MOST_NEIGHBOURS));
    List<Metric> estimates = new ArrayList<>();
    if (target.modes().size() > 1) {
      estimates.addAll(new ModeMetrics(target.modes(), points).estimates());
    }
    estimates.add(stray(target, points));
    estimates.addAll(
        NEIGHBOURS
            .get(neighbours, CoverageMetrics::reference)
            .estimates(evenlySpaced(points, target.dimensions(), neighbours.n)));
    estimates.addAll(reference.sliced.estimates(points));
    estimates.add(reference.discrepancy.estimate(points));
    estimates.addAll(reference.moments.estimates(points));
    return estimates;
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
    return Estimates.share("stray", "share", count, points.length / x.length);
  }

  /** Rows at even spacing, so that an order among the samples does not matter. */
  private static float[] evenlySpaced(float[] points, int dimensions, int count) {
    int n = points.length / dimensions;
    float[] rows = new float[count * dimensions];
    for (int i = 0; i < count; i++) {
      int row = (int) ((long) i * n / count);
      System.arraycopy(points, row * dimensions, rows, i * dimensions, dimensions);
    }
    return rows;
  }

  private static PrecisionRecall reference(SizeKey key) {
    return new PrecisionRecall(
        Floors.draw(key.target, key.n, REFERENCE_SEED), key.target.dimensions());
  }

  private static Map<String, Double> floors(SizeKey key) {
    return Floors.of(
        key.target,
        key.n,
        points ->
            estimates(key.target, points).stream()
                .collect(Collectors.toMap(Metric::metric, Metric::value)));
  }

  private record SizeKey(TargetDistribution target, int n) {}

  /** What is computed of a target once. */
  private static final class Reference {
    final SlicedDistances sliced;
    final MeanDiscrepancy discrepancy;
    final Moments moments;

    Reference(TargetDistribution target) {
      TargetAtoms atoms = new TargetAtoms(target);
      sliced = new SlicedDistances(target, atoms);
      discrepancy = new MeanDiscrepancy(target, atoms, medianDistance(target));
      moments = new Moments(target, atoms);
    }

    /** The usual choice of a bandwidth (Gretton et al. 2012), here a number of the target alone. */
    private static double medianDistance(TargetDistribution target) {
      int d = target.dimensions();
      float[] points = Floors.draw(target, MEDIAN_OVER, REFERENCE_SEED);
      double[] squared = new double[MEDIAN_OVER * (MEDIAN_OVER - 1) / 2];
      int pair = 0;
      for (int i = 0; i < MEDIAN_OVER; i++) {
        for (int j = 0; j < i; j++) {
          for (int a = 0; a < d; a++) {
            squared[pair] += Math.pow(points[i * d + a] - points[j * d + a], 2);
          }
          pair++;
        }
      }
      Arrays.sort(squared);
      return Math.sqrt(squared[squared.length / 2]);
    }
  }
}
