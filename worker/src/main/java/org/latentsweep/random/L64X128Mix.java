package org.latentsweep.random;

import java.util.random.RandomGenerator;

/**
 * The generator L64X128MixRandom of Steele and Vigna 2021, "LXM: better splittable pseudorandom
 * number generators" (OOPSLA). It gives the same numbers as the one in {@code java.util.random} but
 * can be seeded again, so that training can start a stream at every step without a new object.
 *
 * <p>It combines a linear congruential generator s of 64 bits with a xoroshiro generator x of 128
 * bits: each number is their sum, mixed. It must not be used by several threads at a time.
 */
public final class L64X128Mix implements RandomGenerator {
  // The constants are those of the JDK's L64X128MixRandom and its RandomSupport.
  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;
  private static final long SILVER_RATIO = 0x6A09E667F3BCC909L;
  private static final long MULTIPLIER = 0xd1342543de82ef95L;

  private long increment; // odd
  private long s;
  private long x0; // x0 and x1 are never both 0
  private long x1;

  L64X128Mix() {}

  /** Starts the stream of a seed, as the JDK's generator does. */
  void seed(long seed) {
    long mixed = seed ^ SILVER_RATIO;
    increment = murmur(mixed) | 1;
    s = 1;
    x0 = stafford(mixed);
    x1 = stafford(mixed + GOLDEN_RATIO);
  }

  @Override
  public long nextLong() {
    long number = lea(s + x0);
    s = MULTIPLIER * s + increment;
    long y = x1 ^ x0;
    x0 = Long.rotateLeft(x0, 24) ^ y ^ (y << 16);
    x1 = Long.rotateLeft(y, 37);
    return number;
  }

  /** Applies the finaliser of MurmurHash3. */
  private static long murmur(long z) {
    z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }

  /** Applies variant 13 of Stafford's finalisers. */
  static long stafford(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Applies Lea's finaliser. */
  private static long lea(long z) {
    z = (z ^ (z >>> 32)) * 0xdaba0b6eb09322e3L;
    z = (z ^ (z >>> 32)) * 0xdaba0b6eb09322e3L;
    return z ^ (z >>> 32);
  }
}
