package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeedSummaryTest {

  @Test
  void summarisesWithATInterval() {
    double[] values = {4, 1, 3, 2, 10};
    SeedSummary summary = SeedSummary.of(values);
    assertThat(summary.count()).isEqualTo(5);
    assertThat(summary.mean()).isEqualTo(4);
    assertThat(summary.standardDeviation()).isCloseTo(Math.sqrt(12.5), within(1e-12));
    // t(0.975; 4) = 2.776445105
    double half = 2.776445105 * Math.sqrt(12.5 / 5);
    assertThat(summary.ciLow()).isCloseTo(4 - half, within(1e-6));
    assertThat(summary.ciHigh()).isCloseTo(4 + half, within(1e-6));
    assertThat(values).as("left as given").containsExactly(4, 1, 3, 2, 10);
  }

  @Test
  void oneSeedHasNoSpread() {
    SeedSummary summary = SeedSummary.of(0.25);
    assertThat(summary.mean()).isEqualTo(0.25);
    assertThat(summary.standardDeviation()).isNaN();
    assertThat(summary.ciLow()).isNaN();
    assertThat(summary.ciHigh()).isNaN();
  }

  @Test
  void anInfiniteValueLeavesNoSpread() {
    SeedSummary summary = SeedSummary.of(1, Double.POSITIVE_INFINITY, 2);
    assertThat(summary.mean()).isInfinite();
    assertThat(summary.standardDeviation()).isNaN();
  }

  @Test
  void rejectsNothingAndNaN() {
    assertThatThrownBy(SeedSummary::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot summarise seeds: there are no values");
    assertThatThrownBy(() -> SeedSummary.of(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot summarise seeds: values must not be NaN, found [1.0, NaN]");
  }
}
