package org.latentsweep.metric;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * An order of samples that does not depend on the order in which they are given. The rows are
 * sorted, and then shuffled with a fixed seed, so that an estimator may take any part of them as a
 * random part, and gives the same bits for every order of the same rows.
 */
public final class CanonicalOrder {
  /** Seed of the permutation. Any seed would do. */
  private static final long SEED = 1;

  private CanonicalOrder() {}

  /**
   * Returns a copy of the rows in this order.
   *
   * @param points samples, row-major [n, d]
   * @param dimensions d, 1 or 2
   */
  public static float[] of(float[] points, int dimensions) {
    long[] rows = new long[points.length / dimensions];
    for (int i = 0; i < rows.length; i++) {
      long x = Float.floatToIntBits(points[i * dimensions]);
      long y = dimensions == 1 ? 0 : Float.floatToIntBits(points[i * dimensions + 1]);
      rows[i] = x << Integer.SIZE | y & 0xFFFFFFFFL;
    }
    Arrays.sort(rows);
    shuffle(rows);
    float[] ordered = new float[rows.length * dimensions];
    for (int i = 0; i < rows.length; i++) {
      ordered[i * dimensions] = Float.intBitsToFloat((int) (rows[i] >> Integer.SIZE));
      if (dimensions == 2) {
        ordered[2 * i + 1] = Float.intBitsToFloat((int) rows[i]);
      }
    }
    return ordered;
  }

  /** Shuffles as Durstenfeld (1964), "Algorithm 235: random permutation". */
  private static void shuffle(long[] rows) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    for (int i = rows.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      long row = rows[i];
      rows[i] = rows[j];
      rows[j] = row;
    }
  }
}
