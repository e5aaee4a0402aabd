package org.latentsweep.mapping;

import static org.latentsweep.mapping.MappingMetrics.AREA_BLOCK;
import static org.latentsweep.mapping.MappingMetrics.BLOCK;
import static org.latentsweep.mapping.MappingMetrics.BLOCKS;
import static org.latentsweep.mapping.MappingMetrics.LATENTS;
import static org.latentsweep.mapping.MappingMetrics.RADIUS_IN_BANDWIDTHS;
import static org.latentsweep.mapping.MappingMetrics.RADIUS_IN_DEVIATIONS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.latentsweep.metric.Metric;
import org.latentsweep.metric.Share;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * Computes the metrics of maps to one target, without floors.
 *
 * @param target the target
 * @param targetArea local area of samples of the target
 */
record MapMeasurement(TargetDistribution target, BlockMean targetArea) {
  /** Seed of the samples of a target, which is not that of the latents. */
  private static final long SEED = 2;

  /** Blocks of samples of a target: several times those of a map, so that theirs is the error. */
  private static final int TARGET_BLOCKS = 4 * BLOCKS;

  /** Returns the local area of samples of a target; 0 in one dimension. */
  static BlockMean localArea(TargetDistribution target) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    return BlockMean.of(
        IntStream.range(0, TARGET_BLOCKS)
            .mapToDouble(b -> target.dimensions() == 1 ? 0 : blockArea(target, random))
            .toArray());
  }

  private static double blockArea(TargetDistribution target, RandomGenerator random) {
    float[] points = new float[2 * AREA_BLOCK];
    target.sample(random, points);
    double[][] columns = new double[2][AREA_BLOCK];
    for (int i = 0; i < points.length; i++) {
      columns[i % 2][i / 2] = points[i];
    }
    return LocalArea.of(columns, radius(target));
  }

  private static double radius(TargetDistribution target) {
    return target.modes().stream()
        .mapToDouble(mode -> RADIUS_IN_DEVIATIONS * mode.standardDeviation())
        .max()
        .orElse(RADIUS_IN_BANDWIDTHS * target.defaultBandwidth());
  }

  /** Returns the metrics that are defined. */
  List<Metric> metrics(NoiseLaw noise, LatentMap map) {
    Latents latents = Latents.covering(noise, map.latentDimension(), LATENTS);
    List<Metric> metrics = new ArrayList<>(ofJacobians(map, latents));
    Block random = Block.of(map, Latents.sample(noise, map.latentDimension(), LATENTS), 0, LATENTS);
    metrics.add(neighbourPreservation(random));
    if (target.dimensions() == 2) {
      metrics.add(relativeWidth(random, latents.continuous()));
    }
    return List.copyOf(metrics);
  }

  private static List<Metric> ofJacobians(LatentMap map, Latents latents) {
    JacobianField field = JacobianField.of(map, latents);
    String estimator = latents.isLattice() ? "jacobian-lattice" : "jacobian-sample";
    List<Metric> metrics = new ArrayList<>();
    metrics.add(share(MappingMetrics.TEAR, estimator, field.torn()));
    field.folded().ifPresent(share -> metrics.add(share(MappingMetrics.FOLD, estimator, share)));
    double largest = field.largest();
    metrics.add(
        Metric.withInterval(
            MappingMetrics.LIPSCHITZ_MAX,
            estimator,
            largest,
            Double.NaN,
            largest,
            Double.NaN,
            LATENTS));
    return metrics;
  }

  private static Metric neighbourPreservation(Block random) {
    int neighbours = MappingMetrics.NEIGHBOURS;
    BlockMean share = over(random, BLOCK, block -> block.neighbourPreservation(neighbours));
    return mean(MappingMetrics.NEIGHBOUR_PRESERVATION, "knn-blocks", share, BLOCK, 1);
  }

  private Metric relativeWidth(Block random, int continuous) {
    if (continuous == 1) {
      return Metric.withInterval(MappingMetrics.RELATIVE_WIDTH, "rank", 0, 0, 0, 0, LATENTS);
    }
    double radius = radius(target);
    BlockMean ratio = over(random, AREA_BLOCK, block -> block.localArea(radius)).over(targetArea);
    return mean(
        MappingMetrics.RELATIVE_WIDTH,
        "local-area-blocks",
        ratio,
        AREA_BLOCK,
        Double.POSITIVE_INFINITY);
  }

  /** Returns the mean of a statistic over the first {@value MappingMetrics#BLOCKS} blocks of n. */
  private static BlockMean over(Block random, int n, ToDoubleFunction<Block> statistic) {
    return BlockMean.of(
        IntStream.range(0, BLOCKS)
            .mapToObj(b -> random.part(b * n, n))
            .mapToDouble(statistic)
            .toArray());
  }

  private static Metric share(String metric, String estimator, Share share) {
    return Metric.withInterval(
        metric,
        estimator,
        share.value(),
        share.standardError(),
        share.low(),
        share.high(),
        share.n());
  }

  /** Returns a mean over blocks of n with its t-interval, cut off at the possible values. */
  private static Metric mean(
      String metric, String estimator, BlockMean mean, int n, double largest) {
    return Metric.withInterval(
        metric,
        estimator,
        mean.value(),
        mean.standardError(),
        Math.max(0, mean.value() - mean.half()),
        Math.min(largest, mean.value() + mean.half()),
        (long) BLOCKS * n);
  }
}
