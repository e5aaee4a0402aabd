package org.latentsweep.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Compares the generator with that of the JDK. */
class L64X128MixTest {
  private final L64X128Mix ours = new L64X128Mix();

  private RandomGenerator seeded(long seed) {
    ours.seed(seed);
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  @Test
  void givesTheNumbersOfTheJdk() {
    for (long seed = -500; seed < 500; seed++) {
      long spread = seed * 0x5DEECE66DL * seed;
      RandomGenerator theirs = seeded(spread);
      for (int i = 0; i < 200; i++) {
        assertThat(ours.nextLong()).isEqualTo(theirs.nextLong());
      }
    }
  }

  @Test
  void givesTheDistributionsOfTheJdk() {
    RandomGenerator theirs = seeded(7);
    for (int i = 0; i < 100_000; i++) {
      assertThat(ours.nextGaussian()).isEqualTo(theirs.nextGaussian());
      assertThat(ours.nextFloat()).isEqualTo(theirs.nextFloat());
      assertThat(ours.nextDouble()).isEqualTo(theirs.nextDouble());
      assertThat(ours.nextInt(8)).isEqualTo(theirs.nextInt(8));
      assertThat(ours.nextDouble(-1, 1)).isEqualTo(theirs.nextDouble(-1, 1));
    }
  }
}
