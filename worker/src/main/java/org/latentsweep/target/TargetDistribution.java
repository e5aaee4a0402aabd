package org.latentsweep.target;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A distribution p on R^d, d = 1 or 2, that generators are trained to imitate and whose density is
 * known exactly.
 *
 * <p>Implementations are immutable and hold no random generator. {@link java.util.ServiceLoader}
 * finds them: to add one, write the class and name it in {@code
 * META-INF/services/org.latentsweep.target.TargetDistribution}.
 */
public interface TargetDistribution {

  /** Returns the name in configurations and tables, in lower case with hyphens between words. */
  String name();

  /** Returns the dimension d of the sample space, 1 or 2. */
  int dimensions();

  /**
   * Returns log p(x) in nats, which is negative infinity outside the support.
   *
   * @param x a point, of length d
   */
  double logDensity(double[] x);

  /**
   * Draws independent points.
   *
   * @param random the only source of randomness
   * @param points receives points.length / d points, row-major [n, d]
   */
  void sample(RandomGenerator random, float[] points);

  /**
   * Returns log (p * N_h)(x) in nats, where N_h is a centred isotropic normal with standard
   * deviation h in every coordinate. It is finite for every finite x, even far from the support,
   * where the density itself would underflow.
   *
   * @param x a point, of length d
   * @param h the bandwidth, above 0
   */
  double smoothedLogDensity(double[] x, double h);

  /**
   * Returns whether {@link #smoothedLogDensity} is a closed form, which is cheap enough to evaluate
   * at every node of a grid. Other targets' grids are filled by mapping a lattice of latents with
   * {@link #naturalMap}.
   */
  boolean smoothedInClosedForm();

  /** Returns the components of p if it is a mixture of isotropic normals, otherwise none. */
  List<Mode> modes();

  /**
   * Returns whether x lies where p has no mass or almost none: outside the support, unless a target
   * whose density is positive everywhere overrides this.
   *
   * @param x a point, of length d
   */
  default boolean isStray(double[] x) {
    return logDensity(x) == Double.NEGATIVE_INFINITY;
  }

  /**
   * Returns a map from a latent space to exactly this target, which an ideal generator could learn.
   */
  NaturalMap naturalMap();

  /** Returns the law of the noise that generators of this target have in the published recipe. */
  NoiseLaw defaultNoise();

  /** Returns the bandwidth h of the divergences from this target that are reported first. */
  double defaultBandwidth();

  /** Returns s such that pictures show the sample space over [-s, s]^d. */
  double drawnHalfWidth();

  /**
   * Returns s such that [-s, s]^d contains all of p if the support is compact, and otherwise all
   * but at most 1e-9 of its mass.
   */
  double supportHalfWidth();
}
