package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.divergence.Pairs.KnownPair;
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

  @ParameterizedTest
  @ValueSource(ints = {1_000, 10_000})
  void whereTheTargetIsUnsampledIntervalsAreOpenAndHoldTheTruth(int n) {
    for (KnownPair pair : Pairs.UNSAMPLED) {
      int held = 0;
      int open = 0;
      for (long seed = 1; seed <= 10; seed++) {
        for (Metric metric : forward(pair, n, seed)) {
          assertThat(metric.value()).isBetween(metric.ciLow(), metric.ciHigh());
          held += metric.ciLow() <= pair.truth() && pair.truth() <= metric.ciHigh() ? 1 : 0;
          if (metric.ciHigh() == Double.POSITIVE_INFINITY) {
            open++;
            assertThat(metric.floored()).isGreaterThan(0.0015);
            assertThat(metric.reason())
                .matches("[0-9.]+% of the target is beyond the samples, so .* no upper bound");
          }
        }
      }
      assertThat(held).as(pair.name()).isGreaterThanOrEqualTo(18);
      assertThat(open).as(pair.name()).isGreaterThanOrEqualTo(16);
    }
  }

  private static List<Metric> forward(KnownPair pair, int n, long seed) {
    return UnsmoothedDivergences.of(pair.p(), pair.q().draw(n, seed)).subList(0, 2);
  }

  @Test
  void whereTheTargetIsSampledIntervalsAreClosed() {
    for (KnownPair pair : Pairs.WELL_POSED) {
      if (pair.name().startsWith("spiral") && !pair.name().endsWith("itself")) {
        continue; // samples beyond the edge of the spiral show that the supports differ
      }
      for (Metric metric : forward(pair, 10_000, 1)) {
        assertThat(metric.ciHigh()).as(pair.name()).isFinite();
        assertThat(metric.reason()).isEmpty();
      }
    }
  }

  @Test
  void withFewSamplesIntervalsSpanBothEstimates() {
    int held = 0;
    for (long seed = 1; seed <= 20; seed++) {
      List<Metric> metrics = forward(Pairs.WELL_POSED.get(1), 100, seed);
      assertThat(metrics.get(0).ciLow()).isEqualTo(metrics.get(1).ciLow());
      assertThat(metrics.get(0).ciHigh()).isEqualTo(metrics.get(1).ciHigh());
      assertThat(metrics).allMatch(metric -> metric.reason().contains("only 100 samples"));
      held += metrics.get(0).ciLow() < 0.5 && 0.5 < metrics.get(0).ciHigh() ? 1 : 0;
    }
    assertThat(held).isGreaterThanOrEqualTo(18);
  }

  @Test
  void samplesWithoutADensityHaveInfiniteDivergences() {
    float[] line = DivergenceLaws.draw(DivergenceLaws.GAUSSIAN, 100, 1);
    float[] two = DivergenceLaws.repeated(100, 0.5f, -0.25f);
    for (int i = 1; i < line.length; i += 2) {
      line[i] = 1.5f;
      two[i] = i < 50 ? 0 : two[i];
    }
    for (float[] points : List.of(line, two, DivergenceLaws.repeated(100, 0.5f, -0.25f))) {
      assertThat(UnsmoothedDivergences.of(DivergenceLaws.GAUSSIAN, points))
          .hasSize(3)
          .allMatch(metric -> metric.value() == Double.POSITIVE_INFINITY)
          .allMatch(metric -> Double.isNaN(metric.standardError()))
          .allMatch(metric -> metric.reason().endsWith("they have no density"));
    }
  }

  @Test
  void roundedSamplesHaveNoUpperBound() {
    float[] points = DivergenceLaws.draw(DivergenceLaws.GAUSSIAN, 5_000, 1);
    for (int i = 0; i < points.length; i++) {
      points[i] = Math.round(points[i] * 50) / 50f;
    }
    assertThat(UnsmoothedDivergences.of(DivergenceLaws.GAUSSIAN, points))
        .allMatch(metric -> Double.isFinite(metric.value()))
        .allMatch(metric -> metric.ciHigh() == Double.POSITIVE_INFINITY)
        .allMatch(metric -> metric.reason().contains("% of the samples coincide with others"));
  }

  @Test
  void nothingIsNegative() {
    float[] points = DivergenceLaws.draw(DivergenceLaws.EIGHT, 1_000, 1);
    assertThat(UnsmoothedDivergences.of(DivergenceLaws.EIGHT, points))
        .allMatch(metric -> metric.value() >= 0 && metric.ciLow() >= 0 && metric.floor() >= 0);
  }

  @Test
  void strayShareIsNamed() {
    float[] points = DivergenceLaws.draw(DivergenceLaws.SPIRAL, 1_000, 1);
    points[0] = 2;
    Metric reverse = UnsmoothedDivergences.of(DivergenceLaws.SPIRAL, points).get(2);
    assertThat(reverse.value()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(reverse.floor()).isFinite();
    assertThat(reverse.reason())
        .isEqualTo("0.10% of the samples are outside the support of the target");
  }

  @Test
  void theOrderOfTheSamplesChangesNothing() {
    int n = 20_000; // more than the search for bandwidths uses
    List<float[]> rows = new ArrayList<>();
    float[] points = DivergenceLaws.draw(DivergenceLaws.EIGHT, n, 1);
    for (int i = 0; i < points.length; i += 2) {
      rows.add(new float[] {points[i], points[i + 1]});
    }
    List<Metric> drawn = measure(rows);
    rows.sort(Comparator.comparingDouble(row -> row[0]));
    assertThat(measure(rows)).isEqualTo(drawn);
    rows.sort(Comparator.comparingLong(row -> octant(row)));
    assertThat(measure(rows)).isEqualTo(drawn);
    List<float[]> roundRobin = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      roundRobin.add(rows.get(i % 8 * (n / 8) + i / 8));
    }
    assertThat(measure(roundRobin)).isEqualTo(drawn);
  }

  private static long octant(float[] row) {
    return Math.round(Math.atan2(row[1], row[0]) / (Math.PI / 4));
  }

  private static List<Metric> measure(List<float[]> rows) {
    float[] points = new float[2 * rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      points[2 * i] = rows.get(i)[0];
      points[2 * i + 1] = rows.get(i)[1];
    }
    return UnsmoothedDivergences.of(DivergenceLaws.EIGHT, points);
  }
}
