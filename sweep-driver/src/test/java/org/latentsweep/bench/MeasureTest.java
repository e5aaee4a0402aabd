package org.latentsweep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.junit.jupiter.api.Test;
import org.latentsweep.metric.Medians;
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

  /**
   * The medians of a program's measures stay those of commons-math to the bit if the two middle
   * values are within a factor of 2.
   */
  @Test
  void mediansHaveTheBitsOfCommonsMath() {
    Random random = new Random(1);
    for (int n = 1; n <= 20; n++) {
      for (int i = 0; i < 1000; i++) {
        double[] values = random.doubles(n, 0.5, 1).map(v -> v * 1e-3).toArray();
        assertThat(Medians.median(values)).isEqualTo(new Median().evaluate(values));
      }
    }
  }

  @Test
  void familiesAreThePublishedRecipes() {
    assertThat(Flops.perStep(Family.A.run())).isBetween(810e6, 812e6);
    assertThat(Family.B.run().distribution().dimensions()).isEqualTo(1);
    assertThat(Family.C.run().generator().widths()).containsExactly(512, 512, 512);
  }
}
