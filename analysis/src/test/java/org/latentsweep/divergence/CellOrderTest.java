package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CellOrderTest {

  @Test
  void sortsAndKeepsTheOrderOfEquals() {
    RandomGenerator random = DivergenceLaws.random(1);
    long[] keys = random.longs(5_000, 0, Long.MAX_VALUE).toArray();
    for (int i = 0; i < keys.length; i += 3) {
      keys[i] = keys[0];
    }
    int[] order = CellOrder.of(keys);
    assertThat(Arrays.stream(order).sorted().toArray())
        .containsExactly(IntStream.range(0, keys.length).toArray());
    for (int a = 1; a < order.length; a++) {
      long before = keys[order[a - 1]];
      long here = keys[order[a]];
      assertThat(before < here || before == here && order[a - 1] < order[a]).isTrue();
    }
  }
}
