package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediansTest {

  @Test
  void oddCountsHaveAMiddleValue() {
    double[] values = {4, 1, 3, 2, 10};
    assertThat(Medians.median(values)).isEqualTo(3);
    assertThat(Medians.upperMedian(values)).isEqualTo(3);
    assertThat(values).as("left unchanged").containsExactly(4, 1, 3, 2, 10);
  }

  @Test
  void evenCountsHaveTwo() {
    assertThat(Medians.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
    assertThat(Medians.upperMedian(new double[] {4, 1, 3, 2})).isEqualTo(3);
  }

  @Test
  void theMeanOfLargeValuesDoesNotOverflow() {
    assertThat(Medians.median(new double[] {Double.MAX_VALUE, Double.MAX_VALUE}))
        .isEqualTo(Double.MAX_VALUE);
  }
}
