package org.latentsweep.coverage;

import java.util.Arrays;
import java.util.List;
import org.latentsweep.metric.Metric;
import org.latentsweep.neighbour.NearestNeighbours;

/**
 * Improved precision and recall (Kynkaanniemi et al. 2019), density and coverage (Naeem et al.
 * 2020), between m real samples x and m' generated samples y. Around every sample is an open ball
 * that reaches to its k-th nearest neighbour among its own kind (see {@link NeighbourBalls}).
 *
 * <ul>
 *   <li>{@value #PRECISION}: the share of y that lie in the ball of some x;
 *   <li>{@value #RECALL}: the share of x that lie in the ball of some y;
 *   <li>{@value #DENSITY}: the mean over y of the number of balls of x around it, over k;
 *   <li>{@value #COVERAGE}: the share of x whose balls hold some y.
 * </ul>
 *
 * <p>The real samples are taken as given: standard errors are over repeated generated samples. For
 * precision and density these are independent. For recall and coverage the standard errors are the
 * jackknife's (Efron and Stein 1981), computed exactly from the real samples that depend on a
 * single y; they are known to be too large rather than too small.
 */
public final class PrecisionRecall {
  /** Name of the metric precision, in [0, 1]. */
  public static final String PRECISION = "precision";

  /** Name of the metric recall, in [0, 1]. */
  public static final String RECALL = "recall";

  /** Name of the metric density, at least 0. */
  public static final String DENSITY = "density";

  /** Name of the metric coverage, in [0, 1]. */
  public static final String COVERAGE = "coverage";

  private static final String ESTIMATOR = "k-nearest-" + NeighbourBalls.K;

  private final int dimensions;
  private final PlanarPoints real;
  private final NearestNeighbours tree;
  private final NeighbourBalls balls;

  private PrecisionRecall(
      int dimensions, PlanarPoints real, NearestNeighbours tree, NeighbourBalls balls) {
    this.dimensions = dimensions;
    this.real = real;
    this.tree = tree;
    this.balls = balls;
  }

  /**
   * Prepares comparisons with real samples.
   *
   * @param real row-major [m, d], m above k + 1
   * @param dimensions d, 1 or 2
   */
  static PrecisionRecall of(float[] real, int dimensions) {
    PlanarPoints points = new PlanarPoints(real, dimensions);
    NearestNeighbours tree = new NearestNeighbours(real, dimensions);
    return new PrecisionRecall(dimensions, points, tree, NeighbourBalls.of(points, tree));
  }

  /** Returns the four metrics of generated samples, row-major [m', d], m' above k + 1. */
  List<Metric> estimates(float[] generated) {
    PlanarPoints points = new PlanarPoints(generated, dimensions);
    NearestNeighbours others = new NearestNeighbours(generated, dimensions);
    Occupancy occupancy = Occupancy.of(real, balls, others, points.size());
    Reach reach = Reach.of(real, tree, points, others);
    return List.of(
        precision(occupancy),
        dependentShare(RECALL, reach.reached(), reach.change()),
        density(occupancy),
        dependentShare(COVERAGE, occupancy.occupied(), occupancy.alone()));
  }

  private static Metric precision(Occupancy occupancy) {
    long held = Arrays.stream(occupancy.balls()).filter(count -> count > 0).count();
    return Estimates.share(PRECISION, ESTIMATOR, held, occupancy.balls().length);
  }

  private static Metric density(Occupancy occupancy) {
    int[] around = occupancy.balls();
    double size = around.length;
    return Estimates.notNegative(
        DENSITY,
        ESTIMATOR,
        Arrays.stream(around).asDoubleStream().sum() / (NeighbourBalls.K * size),
        Math.sqrt(sumOfSquares(around) / (size - 1) / size) / NeighbourBalls.K,
        around.length);
  }

  /**
   * Returns a share of the real samples with the jackknife's standard error, sqrt((m' - 1) / m'
   * sum_j (c_j - mean c)^2) / m.
   *
   * @param hits number of real samples that have the property
   * @param change c, [m']: how many real samples change sides when each generated one is left out
   */
  private Metric dependentShare(String metric, long hits, int[] change) {
    double error =
        Math.sqrt((change.length - 1.0) / change.length * sumOfSquares(change)) / real.size();
    return Estimates.dependentShare(metric, ESTIMATOR, hits, real.size(), error, change.length);
  }

  private static double sumOfSquares(int[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).mapToDouble(v -> (v - mean) * (v - mean)).sum();
  }
}
