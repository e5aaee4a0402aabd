package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KernelSitesTest {

  @Test
  void takesTheSamplesOfACellTogether() {
    float[] points = {0.01f, 0.02f, 0.03f, 0.04f, 0.11f, 0.02f};
    KernelSites sites = KernelSites.of(points, 2, 0.1);
    assertThat(sites.size()).isEqualTo(2);
    assertThat(sites.count(0)).isEqualTo(2);
    assertThat(sites.x(0)).isCloseTo(0.02, within(1e-7));
    assertThat(sites.y(0)).isCloseTo(0.03, within(1e-7));
  }
}
