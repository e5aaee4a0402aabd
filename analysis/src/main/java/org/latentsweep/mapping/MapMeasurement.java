package org.latentsweep.mapping;

import static org.latentsweep.mapping.MappingMetrics.BLOCK;
import static org.latentsweep.mapping.MappingMetrics.BLOCKS;
import static org.latentsweep.mapping.MappingMetrics.LATENTS;
import static org.latentsweep.mapping.MappingMetrics.NEIGHBOURS;
import static org.latentsweep.mapping.MappingMetrics.RADIUS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.latentsweep.metric.Metric;
import org.latentsweep.metric.Share;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/** The metrics of one map, with floors that are known. */
final class MapMeasurement {
  private static final long SEED = 2; // not that of the latents

  private final TargetDistribution target;
  private final BlockMean targetSpread;
  private final Map<String, Double> floors;
  private final List<Metric> metrics = new ArrayList<>();

  MapMeasurement(TargetDistribution target, BlockMean targetSpread, Map<String, Double> floors) {
    this.target = target;
    this.targetSpread = targetSpread;
    this.floors = floors;
  }

  /** The lateral spread of as many samples of a target as there are of a map; 0 on a line. */
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
    return RADIUS * target.defaultBandwidth();
  }

  List<Metric> metrics(NoiseLaw noise, LatentMap map) {
    Latents latents = Latents.covering(noise, map.latentDimension(), LATENTS);
    addJacobianMetrics(
        new JacobianField(map, latents),
        latents.isLattice() ? "jacobian-lattice" : "jacobian-sample");
    List<Block> blocks = blocks(map, Latents.sample(noise, map.latentDimension(), BLOCKS * BLOCK));
    add(
        "neighbour_preservation",
        "knn-blocks",
        over(blocks, block -> block.neighbourPreservation(NEIGHBOURS)));
    if (target.dimensions() == 2) {
      addThinness(blocks, latents.continuous());
    }
    return List.copyOf(metrics);
  }

  private static List<Block> blocks(LatentMap map, Latents latents) {
    return IntStream.range(0, BLOCKS)
        .mapToObj(b -> Block.of(map, latents, b * BLOCK, BLOCK))
        .toList();
  }

  private static BlockMean over(List<Block> blocks, ToDoubleFunction<Block> statistic) {
    return BlockMean.of(blocks.stream().mapToDouble(statistic).toArray());
  }

  private void addJacobianMetrics(JacobianField field, String estimator) {
    add("tear", estimator, field.torn());
    field.folded().ifPresent(share -> add("fold", estimator, share));
    double largest = field.largest();
    add("lipschitz_max", estimator, largest, Double.NaN, largest, Double.NaN, LATENTS);
  }

  private void addThinness(List<Block> blocks, int continuous) {
    if (continuous == 1) {
      add("thinness", "rank", 0, 0, 0, 0, LATENTS);
    } else {
      double radius = radius(target);
      add(
          "thinness",
          "local-covariance-blocks",
          over(blocks, block -> block.lateralSpread(radius)).over(targetSpread));
    }
  }

  private void add(String metric, String estimator, Share share) {
    add(
        metric,
        estimator,
        share.value(),
        share.standardError(),
        share.low(),
        share.high(),
        share.n());
  }

  private void add(String metric, String estimator, BlockMean mean) {
    double low = mean.value() - mean.half();
    double high = mean.value() + mean.half();
    add(metric, estimator, mean.value(), mean.standardError(), low, high, BLOCKS * BLOCK);
  }

  private void add(
      String metric,
      String estimator,
      double value,
      double error,
      double low,
      double high,
      long n) {
    double floor = floors.getOrDefault(metric, Double.NaN);
    metrics.add(
        new Metric(metric, estimator, value, error, low, high, floor, n, Double.NaN, Double.NaN));
  }
}
