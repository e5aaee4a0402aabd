package org.latentsweep.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
  @Test
  void sameSeedPurposeAndStepGiveTheSameNumbers() {
    assertThat(RandomStream.DATA.at(3, 17).nextLong())
        .isEqualTo(RandomStream.DATA.at(3, 17).nextLong());
  }

  @Test
  void streamsOfOtherPurposesSeedsOrStepsDiffer() {
    Set<Long> first = new HashSet<>();
    for (RandomStream purpose : RandomStream.values()) {
      for (long seed = -20; seed < 20; seed++) {
        for (int step = 0; step < 100; step++) {
          first.add(purpose.at(seed, step).nextLong());
        }
      }
    }
    assertThat(first).hasSize(RandomStream.values().length * 40 * 100);
  }

  /** A run must have the same numbers in later versions. */
  @Test
  void theNumbersNeverChange() {
    assertThat(RandomStream.NOISE.at(1, 1).nextLong()).isEqualTo(4358177865812253273L);
    assertThat(RandomStream.NOISE.at(1, 1).nextGaussian()).isEqualTo(0.8532052091625187);
  }
}
