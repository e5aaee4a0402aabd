package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KroneckerStepsTest {
  @Test
  void theStepsInTwoDimensionsArePublished() {
    assertThat(KroneckerSteps.of(2)).containsExactly(0.7548776662466927, 0.5698402909980532);
  }
}
