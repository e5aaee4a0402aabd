package org.latentsweep.coverage;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.latentsweep.metric.Metric;
import org.latentsweep.neighbour.NearestNeighbours;

/**
 * Improved precision and recall (Kynkaanniemi et al. 2019), density and coverage (Naeem et al.
 * 2020), between m real samples x and m' generated samples y. Around every sample is an open ball
 * that reaches to its k-th nearest neighbour among its own kind (see {@link NeighbourBalls}).
 *
 * <ul>
 *   <li>{@value #PRECISION}: the share of y that lie in the ball of some x, with k = 3;
 *   <li>{@value #RECALL}: the share of x that lie in the ball of some y, with k = 3;
 *   <li>{@value #DENSITY}: the mean over y of the number of balls of x around it, over k = 5;
 *   <li>{@value #COVERAGE}: the share of x whose balls hold some y, with k = 5.
 * </ul>
 *
 * <p>Standard errors are over repeated samples of both kinds, by the {@link Jackknife}. The values
 * without each sample are not estimated but counted, from the samples whose state depends on it.
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

  /** The number of neighbours in the publication of precision and recall. */
  private static final int PRECISION_K = 3;

  /**
   * The number of neighbours in the publication of density and coverage. The expected coverage of a
   * perfect generator is about 1 - 2^-k, which is 0.969; it is below 0.95 for every smaller k.
   */
  private static final int COVERAGE_K = 5;

  private final int dimensions;
  private final PlanarPoints real;
  private final NearestNeighbours tree;
  private final NeighbourBalls precisionBalls;
  private final NeighbourBalls coverageBalls;

  /**
   * Prepares comparisons with real samples.
   *
   * @param points row-major [m, d], m above 6
   * @param dimensions d, 1 or 2
   */
  PrecisionRecall(float[] points, int dimensions) {
    this.dimensions = dimensions;
    real = new PlanarPoints(points, dimensions);
    tree = new NearestNeighbours(points, dimensions);
    precisionBalls = NeighbourBalls.of(real, tree, PRECISION_K);
    coverageBalls = NeighbourBalls.of(real, tree, COVERAGE_K);
  }

  /** Returns the four metrics of generated samples, row-major [m', d], m' above 6. */
  List<Metric> estimates(float[] points) {
    PlanarPoints generated = new PlanarPoints(points, dimensions);
    NearestNeighbours others = new NearestNeighbours(points, dimensions);
    NeighbourBalls balls = NeighbourBalls.of(generated, others, PRECISION_K);
    Occupancy occupancy = Occupancy.of(real, coverageBalls, generated, others);
    return List.of(
        share(PRECISION, Reach.of(generated, others, real, precisionBalls), generated.size()),
        share(RECALL, Reach.of(real, tree, generated, balls), generated.size()),
        density(occupancy),
        coverage(occupancy));
  }

  private static Metric share(String metric, Reach reach, long n) {
    boolean[] held = reach.held();
    int[] change = reach.change();
    double size = held.length;
    int hits = (int) IntStream.range(0, held.length).filter(i -> held[i]).count();
    Jackknife spread =
        Jackknife.of(held.length, i -> (hits - (held[i] ? 1 : 0)) / (size - 1))
            .plus(Jackknife.of(change.length, j -> (hits + change[j]) / size));
    return Estimates.dependentShare(metric, estimator(PRECISION_K), hits, held.length, spread, n);
  }

  private static Metric density(Occupancy occupancy) {
    int[] around = occupancy.balls();
    int[] change = occupancy.heldChange();
    double size = COVERAGE_K * around.length;
    double sum = Arrays.stream(around).asDoubleStream().sum();
    Jackknife spread =
        Jackknife.of(around.length, j -> (sum - around[j]) / (size - COVERAGE_K))
            .plus(Jackknife.of(change.length, i -> (sum + change[i]) / size));
    return Estimates.notNegative(DENSITY, estimator(COVERAGE_K), sum / size, spread, around.length);
  }

  private static Metric coverage(Occupancy occupancy) {
    int[] held = occupancy.held();
    int[] alone = occupancy.alone();
    int[] gain = occupancy.occupiedGain();
    double size = held.length;
    int occupied = (int) Arrays.stream(held).filter(count -> count > 0).count();
    Jackknife spread =
        Jackknife.of(alone.length, j -> (occupied - alone[j]) / size)
            .plus(
                Jackknife.of(
                    held.length, i -> (occupied - (held[i] > 0 ? 1 : 0) + gain[i]) / (size - 1)));
    return Estimates.dependentShare(
        COVERAGE, estimator(COVERAGE_K), occupied, held.length, spread, alone.length);
  }

  private static String estimator(int k) {
    return "k-nearest-" + k;
  }
}
