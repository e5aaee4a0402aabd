package org.latentsweep.mapping;

import static org.latentsweep.mapping.MappingMetrics.BLOCK;
import static org.latentsweep.mapping.MappingMetrics.BLOCKS;
import static org.latentsweep.mapping.MappingMetrics.LATENTS;

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
 * @param targetSpread lateral spread of samples of the target
 */
record MapMeasurement(TargetDistribution target, BlockMean targetSpread) {
  /** Seed of the samples of a target, which is not that of the latents. */
  private static final long SEED = 2;

  /**
   * Returns the lateral spread of samples of a target, as many as there are of a map; 0 in one
   * dimension.
   */
  static BlockMean lateralSpread(TargetDistribution target) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    return BlockMean.of(
        IntStream.range(0, BLOCKS)
            .mapToDouble(b -> target.dimensions() == 1 ? 0 : blockSpread(target, random))
            .toArray());
  }

  private static double blockSpread(TargetDistribution target, RandomGenerator random) {
    float[] points = new float[2 * BLOCK];
    target.sample(random, points);
    double[][] columns = new double[2][BLOCK];
    for (int i = 0; i < points.length; i++) {
      columns[i % 2][i / 2] = points[i];
    }
    return LateralSpread.of(columns, radius(target));
  }

  private static double radius(TargetDistribution target) {
    return MappingMetrics.RADIUS * target.defaultBandwidth();
  }

  /** Returns the metrics that are defined. */
  List<Metric> metrics(NoiseLaw noise, LatentMap map) {
    Latents latents = Latents.covering(noise, map.latentDimension(), LATENTS);
    List<Metric> metrics = new ArrayList<>(ofJacobians(map, latents));
    List<Block> blocks = blocks(map, Latents.sample(noise, map.latentDimension(), BLOCKS * BLOCK));
    metrics.add(neighbourPreservation(blocks));
    if (target.dimensions() == 2) {
      metrics.add(thinness(blocks, latents.continuous()));
    }
    return List.copyOf(metrics);
  }

  private static List<Block> blocks(LatentMap map, Latents latents) {
    return IntStream.range(0, BLOCKS)
        .mapToObj(b -> Block.of(map, latents, b * BLOCK, BLOCK))
        .toList();
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

  private static Metric neighbourPreservation(List<Block> blocks) {
    BlockMean share = over(blocks, block -> block.neighbourPreservation(MappingMetrics.NEIGHBOURS));
    return mean(MappingMetrics.NEIGHBOUR_PRESERVATION, "knn-blocks", share);
  }

  private Metric thinness(List<Block> blocks, int continuous) {
    if (continuous == 1) {
      return Metric.withInterval(MappingMetrics.THINNESS, "rank", 0, 0, 0, 0, LATENTS);
    }
    double radius = radius(target);
    BlockMean ratio = over(blocks, block -> block.lateralSpread(radius)).over(targetSpread);
    return mean(MappingMetrics.THINNESS, "local-covariance-blocks", ratio);
  }

  private static BlockMean over(List<Block> blocks, ToDoubleFunction<Block> statistic) {
    return BlockMean.of(blocks.stream().mapToDouble(statistic).toArray());
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

  private static Metric mean(String metric, String estimator, BlockMean mean) {
    return Metric.withInterval(
        metric,
        estimator,
        mean.value(),
        mean.standardError(),
        mean.value() - mean.half(),
        mean.value() + mean.half(),
        BLOCKS * BLOCK);
  }
}
