package org.latentsweep.mapping;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.latentsweep.metric.BoundedCache;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * What the map G from a latent space, R^k with a noise law, to the sample space, R^d, looks like.
 * With s(z) the largest singular value of dG/dz:
 *
 * <ul>
 *   <li>{@code tear}: the share of latent mass where s is over {@value JacobianField#TEAR} times
 *       its median, so that points lie as many times sparser along the stretched direction than
 *       where the map is typical. On a lattice, s is at least the stretch to the next latents: a
 *       jump, which no derivative sees, tears the latents beside it. In [0, 1].
 *   <li>{@code fold}: the share of latent mass where det dG/dz has the rarer of its two signs: 0
 *       for a map that is nowhere folded, whichever way round it is, 1/2 for z to |z|. Where G is
 *       constant along a direction the determinant has no sign, and counts for neither side. Only
 *       where as many latents are continuous as points have coordinates. In [0, 1/2].
 *   <li>{@code lipschitz_max}: the largest s that was found, and so a lower bound of G's Lipschitz
 *       constant; points per unit of latent. It has no standard error, and its interval no upper
 *       end. At least 0.
 *   <li>{@code thinness}: how thick the image is across its main local direction, over how thick
 *       the target is: the ratio of their {@link LateralSpread}, at the radius of {@value #RADIUS}
 *       times the target's bandwidth. It belongs to the distribution of the points alone, so that
 *       every map that learned the target scores 1, however its latents are arranged. 0 by rank
 *       where only one latent is continuous, as the image is a curve. At least 0; at a radius r no
 *       spread is over r / 2, so that it tells how much thinner an image is, and hardly how much
 *       thicker. Only in two dimensions.
 *   <li>{@code neighbour_preservation}: the mean share of a latent's {@value #NEIGHBOURS} nearest
 *       neighbours that are among the {@value #NEIGHBOURS} nearest of its image; Q_NX of Lee and
 *       Verleysen 2009, "Quality assessment of dimensionality reduction: rank-based criteria"
 *       (Neurocomputing 72). Latents are compared as they are fed to G, one-hot vectors included,
 *       two places of which are sqrt(2) apart. In [0, 1]; {@value #NEIGHBOURS} / {@value #BLOCK} by
 *       chance.
 * </ul>
 *
 * <p>The first three are over {@value #LATENTS} latents of equal probability: a lattice where k is
 * 1 or 2 and no latent is one-hot ({@code jacobian-lattice}), random ones elsewhere ({@code
 * jacobian-sample}), where derivatives are taken by the continuous latents only. Shares come with
 * their binomial standard error and Wilson's interval, which for lattices are wider than they need
 * be. The others are means over {@value #BLOCKS} independent blocks of {@value #BLOCK} random
 * latents, with the standard error and the t-interval of their spread ({@code knn-blocks}, {@code
 * local-covariance-blocks}).
 *
 * <p>The floor is the same metric of the target's natural map, which is what an ideal generator
 * would score: fed with the run's noise, each coordinate taken to the map's own law, or with its
 * own where one law is one-hot and the other is not; always in the natural map's own latent
 * dimension.
 */
public final class MappingMetrics {
  static final int LATENTS = 128 * 128;
  static final int BLOCKS = 8;
  static final int BLOCK = 1024;
  static final int NEIGHBOURS = 5;
  static final int RADIUS = 4;

  private static final BoundedCache<FloorKey, Floor> FLOORS = new BoundedCache<>(64);

  private MappingMetrics() {}

  /**
   * Measures a map. The same map gives the same numbers. May be called from many threads, each with
   * a map of its own.
   *
   * @param target p; equal targets share a cache entry
   * @param noise law of the map's latents
   * @param map G
   * @return {@code tear}, {@code fold}, {@code lipschitz_max}, {@code neighbour_preservation} and
   *     {@code thinness}, as far as they are defined; none where no latent is continuous
   * @throws IllegalArgumentException if the map's dimensions are not those of the target and the
   *     noise, or it gives a latent no finite point or derivative
   */
  public static List<Metric> of(TargetDistribution target, NoiseLaw noise, LatentMap map) {
    check(target, noise, map);
    if (noise.continuousDimensions(map.latentDimension()) == 0) {
      return List.of();
    }
    Floor floor = FLOORS.get(new FloorKey(target, noise), key -> Floor.of(target, noise));
    return new MapMeasurement(target, floor.spread(), floor.values()).metrics(noise, map);
  }

  private static void check(TargetDistribution target, NoiseLaw noise, LatentMap map) {
    if (map.dimensions() != target.dimensions()) {
      throw new IllegalArgumentException(
          "Cannot measure map: its points have %d coordinates, and those of %s have %d"
              .formatted(map.dimensions(), target.name(), target.dimensions()));
    }
    if (map.latentDimension() < noise.minimumLatentDimension()) {
      throw new IllegalArgumentException(
          "Cannot measure map: %s noise needs %d latent dimensions or more, found %d"
              .formatted(noise, noise.minimumLatentDimension(), map.latentDimension()));
    }
  }

  private record FloorKey(TargetDistribution target, NoiseLaw noise) {}

  /** What does not depend on the map: the natural map's metrics, and the target's spread. */
  private record Floor(Map<String, Double> values, BlockMean spread) {
    static Floor of(TargetDistribution target, NoiseLaw noise) {
      BlockMean spread = MapMeasurement.lateralSpread(target);
      NaturalLatentMap natural = new NaturalLatentMap(target, noise);
      List<Metric> metrics =
          new MapMeasurement(target, spread, Map.of()).metrics(natural.noise(), natural);
      return new Floor(
          metrics.stream().collect(Collectors.toMap(Metric::metric, Metric::value)), spread);
    }
  }
}
