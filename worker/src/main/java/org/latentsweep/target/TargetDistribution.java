package org.latentsweep.target;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A distribution p on R^d, d = 1 or 2, that generators are trained to imitate, known exactly.
 *
 * <p>Implementations are immutable, hold no random generator, and are found by {@link
 * java.util.ServiceLoader}: to add one, write the class and name it in {@code
 * META-INF/services/org.latentsweep.target.TargetDistribution}.
 */
public interface TargetDistribution {

  /** The name in configurations and tables: lower case, words joined by hyphens. */
  String name();

  /** The dimension d of the sample space: 1 or 2. */
  int dimensions();

  /**
   * log p(x) in nats.
   *
   * @param x a point, length d
   * @return the log density, negative infinity outside the support
   */
  double logDensity(double[] x);

  /**
   * Draws independent points.
   *
   * @param random the only source of randomness
   * @param points filled with points.length / d points, row-major [n, d]
   */
  void sample(RandomGenerator random, float[] points);

  /**
   * log (p * N_h)(x) in nats, where N_h is a centred isotropic normal with standard deviation h in
   * every coordinate. Finite for every finite x, also far from the support where the density itself
   * would underflow.
   *
   * @param x a point, length d
   * @param h bandwidth, above 0
   */
  double smoothedLogDensity(double[] x, double h);

  /**
   * Whether {@link #smoothedLogDensity} is a closed form, cheap enough for every node of a grid.
   * Where it is not, grids are filled by pushing a lattice of latents through {@link #naturalMap}.
   */
  boolean smoothedInClosedForm();

  /** The components of p where it is a mixture of isotropic normals; empty where it is none. */
  List<Mode> modes();

  /**
   * Whether x lies where p has no mass, or almost none: outside the support, unless a target says
   * otherwise because its density is positive everywhere.
   *
   * @param x a point, length d
   */
  default boolean isStray(double[] x) {
    return logDensity(x) == Double.NEGATIVE_INFINITY;
  }

  /** The best map from a latent space that is known: what an ideal generator would learn. */
  NaturalMap naturalMap();

  /** The noise that the published recipe feeds to generators of this target. */
  NoiseLaw defaultNoise();

  /** The bandwidth h at which divergences from this target are quoted. */
  double defaultBandwidth();

  /** s, where pictures show the sample space over [-s, s]^d. */
  double drawnHalfWidth();

  /**
   * s such that [-s, s]^d holds all of p but 1e-9 of its mass or less (all of it where the support
   * is compact).
   */
  double supportHalfWidth();
}
