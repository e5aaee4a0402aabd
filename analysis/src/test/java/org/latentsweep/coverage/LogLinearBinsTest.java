package org.latentsweep.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogLinearBinsTest {

  @Test
  void positionsAreWhereTheWidthsAddUpTo() {
    LogLinearBins bins = new LogLinearBins(2, 100, 1e30);
    double[] edge = new double[bins.count() + 1];
    edge[bins.firstInner()] = -2;
    for (int j = bins.firstInner(); j < bins.count(); j++) {
      edge[j + 1] = edge[j] + bins.width(j);
    }
    for (int j = bins.firstInner() - 1; j >= 0; j--) {
      edge[j] = edge[j + 1] - bins.width(j);
    }
    for (int j = 0; j < bins.count(); j++) {
      double t = edge[j] + 0.25 * bins.width(j);
      assertThat(bins.position(t)).isCloseTo(j + 0.25, within(1e-6));
    }
    assertThat(bins.position(1e30)).isLessThan(bins.count());
    assertThat(bins.position(-1e30)).isGreaterThanOrEqualTo(0);
  }

  @Test
  void theEndsOfTheMiddleHaveABin() {
    LogLinearBins bins = new LogLinearBins(1.5, 7, 0);
    assertThat((int) bins.position(-1.5)).isBetween(0, bins.count() - 1);
    assertThat((int) bins.position(1.5)).isBetween(0, bins.count() - 1);
  }
}
