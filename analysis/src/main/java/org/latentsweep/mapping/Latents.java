package org.latentsweep.mapping;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.latentsweep.target.NoiseLaw;

/**
 * Latents that represent equal shares of the mass of a noise law: the midpoints of an even lattice
 * over the unit cube, or random points in it, transformed to the law by its quantile function. They
 * are the same for every map with the same law and dimension. Immutable.
 */
final class Latents {
  /** Seed of random latents. Any seed would do. */
  private static final long SEED = 1;

  private final double[] z; // [n, k]
  private final int k;
  private final int continuous; // number of coordinates that are not one-hot, which come first
  private final int side; // latents along each axis of a lattice, 0 for random latents

  private Latents(NoiseLaw noise, int k, double[] z, int side) {
    this.z = z;
    this.k = k;
    this.side = side;
    continuous = noise.continuousDimensions(k);
  }

  /**
   * Returns a lattice if all coordinates are continuous and k is 1 or 2, and else random latents.
   *
   * @param n number of latents, a square
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

  /** Returns n independent random latents. */
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

  /** Returns a random number that is neither 0 nor 1, whose quantiles may be infinite. */
  private static double insideUnitInterval(RandomGenerator random) {
    return ((random.nextLong() >>> 12) + 0.5) * 0x1p-52;
  }

  /** Returns n, the number of latents. */
  int size() {
    return z.length / k;
  }

  /** Returns how many coordinates, counted from the first, are not one-hot. */
  int continuous() {
    return continuous;
  }

  /** Returns whether the latents are a lattice. */
  boolean isLattice() {
    return side > 0;
  }

  /** Copies latent i, [k]. */
  void get(int i, double[] latent) {
    System.arraycopy(z, i * k, latent, 0, k);
  }

  /** Returns coordinate j of latent i. */
  double coordinate(int i, int j) {
    return z[i * k + j];
  }

  /**
   * Returns the sheet of a latent, which is the part of the support that its one-hot vector
   * selects: the position of the 1, and 0 if there is no one-hot vector.
   */
  int sheet(int i) {
    int place = 0;
    while (continuous < k && z[i * k + continuous + place] != 1) {
      place++;
    }
    return place;
  }

  /** Returns the number of sheets, see {@link #sheet}. */
  int sheets() {
    return Math.max(1, k - continuous);
  }

  /** Returns the index of the next latent of the lattice along axis j, -1 at its end. */
  int next(int i, int j) {
    int step = j == 0 ? 1 : side;
    return i / step % side == side - 1 ? -1 : i + step;
  }
}
