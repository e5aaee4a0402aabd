package org.latentsweep.mapping;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.latentsweep.metric.BoundedCache;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * The shape of the map G from a latent space, R^k with a noise law, to the sample space, R^d. With
 * s(z) the largest singular value of dG/dz:
 *
 * <ul>
 *   <li>{@value #TEAR}: the share of latent mass where s is more than {@value
 *       JacobianField#TEAR_RATIO} times its median, so that points lie as many times sparser along
 *       the stretched direction than where the map is typical. On a lattice, s is at least the
 *       stretch to the next latents: a jump, which no derivative shows, tears the latents beside
 *       it. In [0, 1].
 *   <li>{@value #FOLD}: the share of latent mass where det dG/dz has the rarer of its two signs. It
 *       is 0 for a map that is nowhere folded, whether it preserves or reverses orientation, and
 *       1/2 for z to |z|. Where G is constant along a direction the determinant is 0, and counts
 *       for neither sign. Defined only if as many latents are continuous as points have
 *       coordinates. In [0, 1/2].
 *   <li>{@value #LIPSCHITZ_MAX}: the largest s that was found, which is a lower bound of the
 *       Lipschitz constant of G, in units of the sample space per unit of latent. It has no
 *       standard error, and its interval has no upper end. At least 0.
 *   <li>{@value #RELATIVE_WIDTH}: the {@link LocalArea} of the image over that of the target: 1 if
 *       the image is the target, and 0.25 if it is squeezed to a quarter of its width in one
 *       direction. It depends only on the distribution of the points, so that every map that
 *       learned the target scores about 1, however its latents are arranged. It is 0 by rank if
 *       only one latent is continuous, as the image is a curve. The radius is {@value
 *       #RADIUS_IN_DEVIATIONS} times the largest standard deviation of the target's modes, or
 *       {@value #RADIUS_IN_BANDWIDTHS} bandwidths if it has none; much wider images are not told
 *       apart. Defined only in two dimensions. At least 0.
 *   <li>{@value #NEIGHBOUR_PRESERVATION}: the mean share of a latent's {@value #NEIGHBOURS} nearest
 *       neighbours that are among the {@value #NEIGHBOURS} nearest of its image; Q_NX of Lee and
 *       Verleysen 2009, "Quality assessment of dimensionality reduction: rank-based criteria"
 *       (Neurocomputing 72). Latents are compared as G gets them, including one-hot vectors, two of
 *       which are sqrt(2) apart. In [0, 1]; by chance {@value #NEIGHBOURS} / {@value #BLOCK}.
 * </ul>
 *
 * <p>The first three are over {@value #LATENTS} latents of equal probability. They are a lattice if
 * k is 1 or 2 and no latent is one-hot (estimator {@code jacobian-lattice}), and else random
 * (estimator {@code jacobian-sample}); derivatives are taken with respect to the continuous latents
 * only. Shares have their binomial standard error and Wilson's interval, which are wider than
 * necessary for lattices. The other two are means over {@value #BLOCKS} independent blocks of
 * random latents, {@value #BLOCK} in a block for {@value #NEIGHBOUR_PRESERVATION} and {@value
 * #AREA_BLOCK} for {@value #RELATIVE_WIDTH}, with the standard error and the t-interval of their
 * spread, cut off at the possible values (estimators {@code knn-blocks} and {@code
 * local-area-blocks}).
 *
 * <p>Comparisons between numbers k of latents, with noise of the same law:
 *
 * <ul>
 *   <li>{@value #TEAR} of a ramp that is wider than a cell of the lattice is the mass of the ramp
 *       for every k, and may be compared. A narrower ramp or a jump across the latent space counts
 *       as one layer of cells: 1 / {@value #LATENTS} of the mass for k = 1 and 1 / 128 for k = 2.
 *       For larger k and for one-hot noise, where there is no lattice, it counts as its own mass,
 *       which is 0 for a jump. So do not compare small values of k = 1, of k = 2 and of other k.
 *   <li>{@value #NEIGHBOUR_PRESERVATION} may be compared for the same k only. With k = d a map can
 *       keep all neighbours. With k above d, points that are neighbours in R^d have latents that
 *       differ in k - d further directions, so that even the best map loses neighbours, and more of
 *       them the larger k is. With k below d, the image is a curve that can keep all of its
 *       neighbours although it misses most of the target.
 *   <li>{@value #RELATIVE_WIDTH} depends on the points only, and may be compared for all k.
 * </ul>
 *
 * <p>The floor is the same metric of the target's natural map, which is the score of an ideal
 * generator. The natural map gets the noise of the run, each coordinate transformed to the law of
 * the map, or its own noise if one of the two laws is one-hot and the other is not; and always in
 * its own latent dimension.
 */
public final class MappingMetrics {
  /** Name of the metric that is the share of latent mass where the map tears. */
  public static final String TEAR = "tear";

  /** Name of the metric that is the share of latent mass where the map is folded. */
  public static final String FOLD = "fold";

  /** Name of the metric that is the largest stretch of the map. */
  public static final String LIPSCHITZ_MAX = "lipschitz_max";

  /** Name of the metric that is the width of the image over that of the target. */
  public static final String RELATIVE_WIDTH = "relative_width";

  /** Name of the metric that is the share of neighbours that the map preserves. */
  public static final String NEIGHBOUR_PRESERVATION = "neighbour_preservation";

  /** Chosen by judgement: shares of 1% have a binomial standard error below 0.1%. A square. */
  static final int LATENTS = 128 * 128;

  /** Chosen by judgement: enough to estimate a standard error from their spread. */
  static final int BLOCKS = 8;

  /** Chosen by judgement: neighbours are found by computing all distances in a block. */
  static final int BLOCK = 1024;

  /** Chosen by judgement: few, so that the metric is about the closest latents. */
  static final int NEIGHBOURS = 5;

  /**
   * Chosen by judgement: in a block of the spiral squeezed to a quarter of its width, the nearest
   * point is at less than half of that width on average.
   */
  static final int AREA_BLOCK = LATENTS / BLOCKS;

  /** Chosen by judgement: the neighbourhood of a point holds almost all of its mode. */
  static final int RADIUS_IN_DEVIATIONS = 4;

  /** Chosen by judgement: more than the width of the spiral, and less than its curvature. */
  static final int RADIUS_IN_BANDWIDTHS = 6;

  /** Chosen by judgement: room for the targets of a sweep with several noise laws each. */
  private static final int MAX_FLOORS = 64;

  private static final BoundedCache<MapFloorKey, Floor> FLOORS = new BoundedCache<>(MAX_FLOORS);

  private MappingMetrics() {}

  /**
   * Measures a map. The same map gives the same numbers. Many threads may call this method at the
   * same time, each with a map of its own.
   *
   * @param target p; equal targets share a cache entry
   * @param noise law of the latents of the map
   * @param map G
   * @return {@value #TEAR}, {@value #FOLD}, {@value #LIPSCHITZ_MAX}, {@value
   *     #NEIGHBOUR_PRESERVATION} and {@value #RELATIVE_WIDTH}, in this order, without those that
   *     are not defined; empty if no latent is continuous
   * @throws IllegalArgumentException if the dimensions of the map are not those of the target and
   *     the noise, or if it maps a latent to a point or a derivative that is not finite
   */
  public static List<Metric> of(TargetDistribution target, NoiseLaw noise, LatentMap map) {
    check(target, noise, map);
    if (noise.continuousDimensions(map.latentDimension()) == 0) {
      return List.of();
    }
    Floor floor = FLOORS.get(new MapFloorKey(target, noise), key -> Floor.of(target, noise));
    return new MapMeasurement(target, floor.area())
        .metrics(noise, map).stream()
            .map(m -> m.withFloor(floor.values().getOrDefault(m.metric(), Double.NaN)))
            .toList();
  }

  private static void check(TargetDistribution target, NoiseLaw noise, LatentMap map) {
    if (map.dimensions() != target.dimensions()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot measure map: its points have %d coordinates, and those of %s have %d",
              map.dimensions(),
              target.name(),
              target.dimensions()));
    }
    if (map.latentDimension() < noise.minimumLatentDimension()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot measure map: %s noise needs %d latent dimensions or more, found %d",
              noise,
              noise.minimumLatentDimension(),
              map.latentDimension()));
    }
  }

  private record MapFloorKey(TargetDistribution target, NoiseLaw noise) {}

  /** What does not depend on the map: the metrics of the natural map, and the target's area. */
  private record Floor(Map<String, Double> values, BlockMean area) {
    static Floor of(TargetDistribution target, NoiseLaw noise) {
      BlockMean area = MapMeasurement.localArea(target);
      NaturalLatentMap natural = new NaturalLatentMap(target, noise);
      return new Floor(
          new MapMeasurement(target, area)
              .metrics(natural.noise(), natural).stream()
                  .collect(Collectors.toMap(Metric::metric, Metric::value)),
          area);
    }
  }
}
