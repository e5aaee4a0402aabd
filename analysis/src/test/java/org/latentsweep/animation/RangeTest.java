package org.latentsweep.animation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RangeTest {
  @Test
  void ticksAreRoundNumbers() {
    assertThat(Range.symmetric(1).ticks()).containsExactly(-1.0, -0.5, 0.0, 0.5, 1.0);
    assertThat(Range.symmetric(4.2).ticks()).containsExactly(-4.0, -2.0, 0.0, 2.0, 4.0);
    assertThat(Range.symmetric(3).ticks()).containsExactly(-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0);
    assertThat(new Range(0, 0.8).ticks()).containsExactly(0.0, 0.2, 0.4, 0.6, 0.8);
    assertThat(new Range(0, 0.3).ticks()).contains(0.3);
    assertThat(new Range(-1000, 60_000).ticks()).startsWith(0.0, 10_000.0).endsWith(60_000.0);
  }

  @Test
  void containsItsEndsButNoNaN() {
    Range range = Range.symmetric(1);

    assertThat(range.contains(-1)).isTrue();
    assertThat(range.contains(1)).isTrue();
    assertThat(range.contains(1.01)).isFalse();
    assertThat(range.contains(Double.NaN)).isFalse();
    assertThat(range.contains(Double.NEGATIVE_INFINITY)).isFalse();
  }
}
