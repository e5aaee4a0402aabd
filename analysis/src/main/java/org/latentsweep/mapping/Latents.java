package org.latentsweep.mapping;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.latentsweep.target.NoiseLaw;

/**
 * Latents that stand for equal shares of a noise law's mass: the midpoints of an even lattice over
 * the unit cube, or random points in it, taken to the law by its quantile function. The same for
 * every map of one law and dimension.
 */
final class Latents {
  private static final long SEED = 1;

  private final double[] z; // [n, k]
  private final int k;
  private final int continuous;
  private final int side;

  private Latents(NoiseLaw noise, int k, double[] z, int side) {
    this.z = z;
    this.k = k;
    this.side = side;
    continuous = noise.continuousDimensions(k);
  }

  /**
   * A lattice where the latents are continuous and of one or two dimensions, and random latents
   * elsewhere.
   *
   * @param n how many; a square
   */
  static Latents covering(NoiseLaw noise, int k, int n) {
    boolean small = k <= 2 && noise.continuousDimensions(k) == k;
    return small ? lattice(noise, k, n) : sample(noise, k, n);
  }

  /** Coordinate j of latent i is the middle of cell floor(i / side^j) mod side. */
  private static Latents lattice(NoiseLaw noise, int k, int n) {
    int side = k == 1 ? n : (int) Math.round(Math.sqrt(n));
    double[] z = new double[n * k];
    for (int i = 0; i < n; i++) {
      int cell = i;
      for (int j = 0; j < k; j++) {
        z[i * k + j] = noise.quantile((cell % side + 0.5) / side);
        cell /= side;
      }
    }
    return new Latents(noise, k, z, side);
  }

  /** Independent latents. */
  static Latents sample(NoiseLaw noise, int k, int n) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    int continuous = noise.continuousDimensions(k);
    double[] z = new double[n * k];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < continuous; j++) {
        z[i * k + j] = noise.quantile(insideUnitInterval(random));
      }
      if (continuous < k) {
        z[i * k + continuous + random.nextInt(k - continuous)] = 1;
      }
    }
    return new Latents(noise, k, z, 0);
  }

  /** Neither 0 nor 1, whose quantiles can be infinite. */
  private static double insideUnitInterval(RandomGenerator random) {
    return ((random.nextLong() >>> 12) + 0.5) * 0x1p-52;
  }

  /** n. */
  int size() {
    return z.length / k;
  }

  /** How many coordinates, the first ones, are not one-hot. */
  int continuous() {
    return continuous;
  }

  boolean isLattice() {
    return side > 0;
  }

  /** Fills the latent [k]. */
  void get(int i, double[] latent) {
    System.arraycopy(z, i * k, latent, 0, k);
  }

  double coordinate(int i, int j) {
    return z[i * k + j];
  }

  /** The part of the law's support that it is in: the one-hot vector's place, 0 without one. */
  int sheet(int i) {
    int place = 0;
    while (continuous < k && z[i * k + continuous + place] != 1) {
      place++;
    }
    return place;
  }

  /** How many {@link #sheet}s there are. */
  int sheets() {
    return Math.max(1, k - continuous);
  }

  /** The place of the lattice's next latent along axis j; -1 at its end. */
  int next(int i, int j) {
    int step = j == 0 ? 1 : side;
    return i / step % side == side - 1 ? -1 : i + step;
  }
}
