package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SweepLabelTest {
  @Test
  void threeOrMoreConsecutiveNumbersAreARange() {
    assertThat(SweepLabel.ranges(List.of(3L, 1L, 2L, 2L))).isEqualTo("1..3");
    assertThat(SweepLabel.ranges(List.of(1L, 2L))).isEqualTo("1, 2");
    assertThat(SweepLabel.ranges(List.of(100L, 1L, 2L, 3L, 10L))).isEqualTo("1..3, 10, 100");
    assertThat(SweepLabel.ranges(List.of(-1L, 0L, 5L, 6L, 7L))).isEqualTo("-1, 0, 5..7");
    assertThat(SweepLabel.ranges(List.of(Long.MIN_VALUE, Long.MAX_VALUE)))
        .isEqualTo(Long.MIN_VALUE + ", " + Long.MAX_VALUE);
  }
}
