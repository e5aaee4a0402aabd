package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentsweep.metric.Metric;

class UnsmoothedDivergencesTest {

  @Test
  void measuresBothDirections() {
    List<Metric> metrics =
        UnsmoothedDivergences.of(
            DivergenceLaws.EIGHT, DivergenceLaws.draw(DivergenceLaws.EIGHT, 5_000, 3));
    assertThat(metrics)
        .extracting(Metric::metric)
        .containsExactly("kl_kde_forward", "kl_knn_forward", "kl_entropy_reverse");
    assertThat(metrics)
        .extracting(Metric::estimator)
        .containsExactly("abramson-extrapolated", "knn-5", "knn-5");
    for (Metric metric : metrics) {
      assertThat(metric.n()).isEqualTo(5_000);
      assertThat(metric.standardError()).isBetween(0.0005, 0.05);
      assertThat(metric.value()).isCloseTo(metric.floor(), within(5 * metric.standardError()));
      assertThat(metric.floored()).isZero();
    }
    assertThat(metrics.get(0).bandwidth()).isBetween(0.02, 0.2);
    assertThat(metrics.get(1).bandwidth()).isNaN();
  }

  @Test
  void theConstantsAreTheNamesOfTheMetrics() {
    float[] points = DivergenceLaws.draw(DivergenceLaws.NORMAL_1D, 50, 1);
    assertThat(UnsmoothedDivergences.of(DivergenceLaws.NORMAL_1D, points))
        .extracting(Metric::metric)
        .containsExactly(
            UnsmoothedDivergences.KL_KDE_FORWARD,
            UnsmoothedDivergences.KL_KNN_FORWARD,
            UnsmoothedDivergences.KL_ENTROPY_REVERSE);
  }

  @Test
  void needsSamplesThatSpread() {
    float[] points = DivergenceLaws.draw(DivergenceLaws.GAUSSIAN, 100, 1);
    for (int i = 1; i < points.length; i += 2) {
      points[i] = 1.5f;
    }
    assertThatThrownBy(() -> UnsmoothedDivergences.of(DivergenceLaws.GAUSSIAN, points))
        .hasMessage("Cannot measure samples: y is 1.5 in every row");
  }
}
