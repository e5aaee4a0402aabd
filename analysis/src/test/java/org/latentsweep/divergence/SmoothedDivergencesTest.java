package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;

class SmoothedDivergencesTest {

  private static final Bandwidth H = new Bandwidth(1);

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2, 4})
  void givesFiveMetricsAtABandwidth(double factor) {
    List<Metric> metrics =
        SmoothedDivergences.of(
            DivergenceLaws.EIGHT,
            DivergenceLaws.draw(DivergenceLaws.EIGHT, 1_000, 1),
            new Bandwidth(factor));
    assertThat(metrics)
        .extracting(Metric::metric)
        .containsExactly("kl_forward", "kl_reverse", "kl_mean", "js", "kl_skew");
    assertThat(metrics).extracting(Metric::bandwidth).containsOnly(0.1 * factor);
    for (Metric metric : metrics) {
      assertThat(metric.estimator()).isEqualTo("binned-kde-corrected");
      assertThat(metric.n()).isEqualTo(1_000);
    }
    Metric reverse = metrics.get(1);
    double half = 1.96 * reverse.standardError();
    double inRange = Math.max(0, reverse.value());
    assertThat(reverse.ciLow()).isCloseTo(Math.max(0, inRange - half), within(1e-3 * half));
    assertThat(reverse.ciHigh()).isCloseTo(inRange + half, within(1e-3 * half));
  }

  @Test
  void theConstantsAreTheNamesOfTheMetrics() {
    assertThat(
            SmoothedDivergences.of(
                DivergenceLaws.NORMAL_1D, DivergenceLaws.draw(DivergenceLaws.NORMAL_1D, 50, 1), H))
        .extracting(Metric::metric)
        .containsExactly(
            SmoothedDivergences.KL_FORWARD,
            SmoothedDivergences.KL_REVERSE,
            SmoothedDivergences.KL_MEAN,
            SmoothedDivergences.JS,
            SmoothedDivergences.KL_SKEW);
    assertThat(SmoothedDivergences.names())
        .containsExactlyInAnyOrder("kl_forward", "kl_reverse", "kl_mean", "js", "kl_skew");
  }

  @Test
  void theFloorIsWhatSamplesOfTheTargetGive() {
    for (Metric metric :
        SmoothedDivergences.of(
            DivergenceLaws.SPIRAL, DivergenceLaws.draw(DivergenceLaws.SPIRAL, 2_000, 2), H)) {
      assertThat(metric.value())
          .isCloseTo(metric.floor(), within(6 * metric.standardError() + 0.002));
    }
  }

  @Test
  void measuresOneDimension() {
    List<Metric> metrics =
        SmoothedDivergences.of(
            DivergenceLaws.NORMAL_1D, DivergenceLaws.draw(DivergenceLaws.NORMAL_1D, 5_000, 3), H);
    assertThat(metrics).hasSize(5);
    assertThat(metrics).allSatisfy(metric -> assertThat(metric.value()).isLessThan(0.05));
  }

  @Test
  void givesTheSameInEveryThread() {
    float[] points = DivergenceLaws.draw(DivergenceLaws.GAUSSIAN, 500, 4);
    assertThat(
            IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> SmoothedDivergences.of(DivergenceLaws.GAUSSIAN, points, H))
                .distinct())
        .hasSize(1);
  }

  @Test
  void namesEverythingThatIsWrongWithThePoints() {
    float[] points = new float[21];
    points[5] = Float.NaN;
    points[6] = Float.POSITIVE_INFINITY;
    assertRejected(
        DivergenceLaws.EIGHT,
        points,
        "Cannot measure samples: 21 numbers do not make rows of 2 coordinates each; found 10 rows"
            + " where 50 or more are needed; coordinates must be finite, found 2 that are not, the"
            + " first NaN in row 2");
    assertRejected(
        DivergenceLaws.NORMAL_1D,
        new float[49],
        "Cannot measure samples: found 49 rows where 50 or more are needed");
  }

  private static void assertRejected(TargetDistribution target, float[] points, String message) {
    assertThatThrownBy(() -> SmoothedDivergences.of(target, points, H))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
