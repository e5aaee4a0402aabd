package org.latentsweep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.latentsweep.sweep.Flops;

class MeasureTest {
  private static final double[] VALUES = {4, 1, 8, 2};

  @Test
  void theSmallestTimeAndTheLargestRateAreBest() {
    assertThat(Measure.ofTime(Family.A, "p", "ms", 4, i -> VALUES[i]))
        .isEqualTo(new Measure(Family.A, "p", "ms", 3, 1, 8, 4));
    assertThat(Measure.ofRate(Family.A, "p", "rate", 3, i -> VALUES[i]))
        .isEqualTo(new Measure(Family.A, "p", "rate", 4, 8, 1, 3));
  }

  @Test
  void familiesAreThePublishedRecipes() {
    assertThat(Flops.perStep(Family.A.run())).isBetween(810e6, 812e6);
    assertThat(Family.B.run().distribution().dimensions()).isEqualTo(1);
    assertThat(Family.C.run().generator().widths()).containsExactly(512, 512, 512);
  }
}
