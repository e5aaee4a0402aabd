package org.latentsweep.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.latentsweep.coverage.CoverageLaws.EIGHT;
import static org.latentsweep.coverage.CoverageLaws.GAUSSIAN;
import static org.latentsweep.coverage.CoverageLaws.NORMAL_1D;
import static org.latentsweep.coverage.CoverageLaws.SPIRAL;
import static org.latentsweep.coverage.CoverageLaws.draw;
import static org.latentsweep.coverage.CoverageLaws.metric;
import static org.latentsweep.coverage.CoverageLaws.normal;
import static org.latentsweep.coverage.CoverageLaws.repeated;
import static org.latentsweep.coverage.CoverageLaws.ring;
import static org.latentsweep.coverage.CoverageLaws.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.Mode;
import org.latentsweep.target.TargetDistribution;

class CoverageMetricsTest {
  private static final List<String> ALWAYS =
      List.of(
          "stray",
          "precision",
          "recall",
          "density",
          "coverage",
          "sliced_wasserstein",
          "energy_distance",
          "mmd",
          "mean_error",
          "sd_ratio");
  private static final List<String> OF_MODES =
      List.of("modes_covered", "high_quality", "mode_kl", "mode_weight_max_ratio", "mode_sd_ratio");

  @Test
  void theConstantsAreTheNamesOfTheMetrics() {
    List<String> names =
        List.of(
            ModeMetrics.MODES_COVERED,
            ModeMetrics.HIGH_QUALITY,
            ModeMetrics.MODE_KL,
            ModeMetrics.MODE_WEIGHT_MAX_RATIO,
            ModeMetrics.MODE_SD_RATIO,
            CoverageMetrics.STRAY,
            PrecisionRecall.PRECISION,
            PrecisionRecall.RECALL,
            PrecisionRecall.DENSITY,
            PrecisionRecall.COVERAGE,
            SlicedDistances.SLICED_WASSERSTEIN,
            SlicedDistances.ENERGY_DISTANCE,
            MeanDiscrepancy.MMD,
            Moments.MEAN_ERROR,
            Moments.SD_RATIO);
    assertThat(CoverageMetrics.of(EIGHT, draw(EIGHT, 1_000, 10)))
        .extracting(Metric::metric)
        .containsExactlyElementsOf(names);
    assertThat(Stream.of(OF_MODES, ALWAYS).flatMap(List::stream).toList()).isEqualTo(names);
  }

  static Stream<TargetDistribution> targets() {
    return Stream.of(EIGHT, SPIRAL, GAUSSIAN, NORMAL_1D);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void theTargetItselfIsWithinItsFloors(TargetDistribution target) {
    List<Metric> metrics = CoverageMetrics.of(target, draw(target, 5_000, 11));
    assertThat(metrics)
        .extracting(Metric::metric)
        .containsExactlyElementsOf(
            target == EIGHT ? Stream.of(OF_MODES, ALWAYS).flatMap(List::stream).toList() : ALWAYS);
    for (Metric metric : metrics) {
      // a floor is a mean over four sets of samples, with half the standard error of one
      assertThat(metric.value())
          .as(metric.toString())
          .isCloseTo(metric.floor(), within(4.5 * metric.standardError() + 1e-3));
      assertThat(metric.value()).isBetween(metric.ciLow() - 1e-15, metric.ciHigh() + 1e-15);
    }
    assertThat(metric(metrics, "stray").ciLow()).isLessThan(0.012);
    assertThat(value(metrics, "precision")).isGreaterThan(0.97);
    assertThat(value(metrics, "recall")).isGreaterThan(0.97);
    // for k = 5 neighbours the expectation is 1 - 2^-5 (Naeem et al. 2020)
    assertThat(value(metrics, "coverage")).isCloseTo(0.969, within(0.015));
    assertThat(value(metrics, "density")).isCloseTo(1, within(0.03));
    assertThat(value(metrics, "sd_ratio")).isCloseTo(1, within(0.03));
    assertThat(metric(metrics, "mmd").bandwidth()).isPositive();
    assertThat(metrics).allSatisfy(CoverageMetricsTest::assertSound);
  }

  @Test
  void theTrueModesScoreWhatIsKnown() {
    List<Metric> metrics = CoverageMetrics.of(EIGHT, draw(EIGHT, 100_000, 12));
    assertThat(value(metrics, "modes_covered")).isEqualTo(8);
    assertThat(value(metrics, "high_quality")).isCloseTo(1 - Math.exp(-4.5), within(0.001));
    assertThat(value(metrics, "stray"))
        .isCloseTo(1 - value(metrics, "high_quality"), within(1e-12));
    // the bias for 8 modes and 2,500 samples
    assertThat(value(metrics, "mode_kl")).isCloseTo(7 / 5000.0, within(1e-4));
    assertThat(value(metrics, "mode_sd_ratio")).isCloseTo(1, within(0.005));
    assertThat(metric(metrics, "high_quality").n()).isEqualTo(100_000);
    assertThat(metric(metrics, "precision").n()).isEqualTo(10_000);
  }

  @Test
  void lostModesAreMissed() {
    List<Metric> metrics =
        CoverageMetrics.of(EIGHT, draw(ring(0.2, 0, 0, 1, 1, 1, 1, 1, 1), 20_000, 13));
    Metric covered = metric(metrics, "modes_covered");
    assertThat(covered.value()).isEqualTo(6);
    assertThat(covered.ciLow()).isCloseTo(6, within(1e-9));
    assertThat(covered.ciHigh()).isBetween(6.0, 7.0);
    assertThat(value(metrics, "mode_kl")).isCloseTo(Math.log(8 / 6.0), within(0.002));
    assertThat(value(metrics, "mode_weight_max_ratio")).isInfinite();
    assertThat(metric(metrics, "mode_weight_max_ratio").ciHigh()).isInfinite();
    assertThat(metric(metrics, "mode_weight_max_ratio").ciLow()).isBetween(100.0, 10_000.0);
    assertThat(value(metrics, "coverage")).isCloseTo(0.75 * 0.969, within(0.03));
    assertThat(value(metrics, "precision")).isGreaterThan(0.98);
  }

  @Test
  void aSingleShrunkModeHasPrecisionButNoRecall() {
    List<Metric> metrics = CoverageMetrics.of(EIGHT, draw(normal(0.05, 2.0, 0.0), 5_000, 14));
    assertThat(value(metrics, "modes_covered")).isEqualTo(1);
    assertThat(value(metrics, "high_quality")).isEqualTo(1);
    assertThat(value(metrics, "mode_kl")).isCloseTo(Math.log(8), within(1e-9));
    assertThat(value(metrics, "mode_sd_ratio"))
        .isCloseTo(0.25 / Math.sqrt(ModeSpread.truncation(2)), within(0.005));
    assertThat(value(metrics, "precision")).isGreaterThan(0.98);
    assertThat(value(metrics, "recall")).isLessThan(0.1);
    assertThat(value(metrics, "mean_error")).isCloseTo(2, within(0.01));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void whatIsFarAwayIsMeasured(TargetDistribution target) {
    float[] points = draw(target, 2_000, 15);
    for (int i = 0; i < points.length; i++) {
      points[i] = 1e20f * (points[i] + 10);
    }
    List<Metric> metrics = CoverageMetrics.of(target, points);
    assertThat(value(metrics, "stray")).isEqualTo(1);
    assertThat(value(metrics, "precision")).isZero();
    assertThat(value(metrics, "coverage")).isZero();
    double shift = Math.sqrt(target.dimensions()) * 1e21;
    assertThat(value(metrics, "mean_error") / shift).isCloseTo(1, within(0.02));
    // the mean over directions of |cos| is 2 / pi
    assertThat(value(metrics, "sliced_wasserstein") / shift)
        .isCloseTo(target.dimensions() == 1 ? 1 : 2 / Math.PI, within(0.02));
    assertThat(value(metrics, "energy_distance")).isBetween(1e10, 1e11);
    assertThat(value(metrics, "mmd")).isPositive();
    assertThat(metrics).noneMatch(metric -> metric.metric().equals("mode_sd_ratio"));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void pointsThatAreAllEqualAreMeasured(TargetDistribution target) {
    int d = target.dimensions();
    List<Metric> metrics = CoverageMetrics.of(target, repeated(500, draw(target, 1, 16)));
    assertThat(value(metrics, "stray")).isZero();
    assertThat(value(metrics, "recall")).isZero();
    assertThat(value(metrics, "sd_ratio")).isZero();
    assertThat(metrics).noneMatch(metric -> Double.isNaN(metric.value()));
    assertThat(CoverageMetrics.of(target, repeated(500, new float[d])))
        .noneMatch(metric -> Double.isNaN(metric.value()));
  }

  /** A collapsed generator draws one point, or two, or one and a few others. */
  @ParameterizedTest
  @MethodSource("targets")
  void collapsedSamplesAreMeasured(TargetDistribution target) {
    int d = target.dimensions();
    float[] points = draw(target, 500, 22);
    for (int others : new int[] {0, 1, 2, 5, 250}) {
      float[] collapsed = repeated(500, Arrays.copyOf(points, d));
      for (int i = 0; i < others; i++) {
        System.arraycopy(points, d, collapsed, (499 - i) * d, d);
      }
      List<Metric> metrics = CoverageMetrics.of(target, collapsed);
      assertThat(metrics)
          .extracting(Metric::metric)
          .containsExactlyElementsOf(
              target == EIGHT
                  ? Stream.of(OF_MODES, ALWAYS).flatMap(List::stream).toList()
                  : ALWAYS);
      assertThat(metrics).allSatisfy(CoverageMetricsTest::assertSound);
      assertThat(value(metrics, "mmd")).isPositive();
    }
  }

  private static void assertSound(Metric metric) {
    boolean mayBeInfinite = metric.metric().equals("mode_weight_max_ratio");
    assertThat(metric.value()).isNotNaN();
    assertThat(metric.ciLow()).isLessThanOrEqualTo(metric.value() + 1e-12).isFinite();
    assertThat(metric.ciHigh()).isGreaterThanOrEqualTo(metric.value() - 1e-12);
    if (!mayBeInfinite) {
      assertThat(metric.value()).isFinite();
      assertThat(metric.ciHigh()).isFinite();
      assertThat(metric.standardError()).isFinite();
    }
    if (!metric.metric().equals("mmd")) {
      assertThat(metric.ciLow()).isNotNegative();
    }
  }

  @Test
  void aConstantColumnIsMeasured() {
    float[] points = draw(GAUSSIAN, 1_000, 17);
    for (int i = 1; i < points.length; i += 2) {
      points[i] = 0;
    }
    List<Metric> metrics = CoverageMetrics.of(GAUSSIAN, points);
    assertThat(metrics).hasSize(ALWAYS.size());
    assertThat(value(metrics, "sd_ratio")).isCloseTo(Math.sqrt(0.5), within(0.05));
    assertThat(value(metrics, "recall")).isLessThan(0.3);
  }

  @Test
  void modesMayDifferInWeightAndSize() {
    TargetDistribution target =
        new CoverageLaws.Mixture(
            List.of(
                new Mode(List.of(-2.0), 0.1, 0.7),
                new Mode(List.of(0.0), 0.2, 0.2),
                new Mode(List.of(3.0), 0.4, 0.1)));
    List<Metric> metrics = CoverageMetrics.of(target, draw(target, 50_000, 18));
    assertThat(value(metrics, "modes_covered")).isEqualTo(3);
    assertThat(value(metrics, "high_quality")).isCloseTo(0.9973, within(0.001));
    assertThat(value(metrics, "mode_kl")).isCloseTo(2 / 5000.0, within(2e-4));
    assertThat(value(metrics, "mode_weight_max_ratio")).isCloseTo(7, within(0.3));
    assertThat(value(metrics, "mode_sd_ratio")).isCloseTo(1, within(0.02));
    assertThat(value(metrics, "sd_ratio")).isCloseTo(1, within(0.02));
  }

  @Test
  void momentsOfTheSpiralAreTheExactOnes() {
    // E y = 0.45/2 int u sin(3 pi u) du = 0.45 / (3 pi); E r^2 = 0.5^2 + (0.45^2 + 0.05^2) / 3
    double mean = 0.45 / (3 * Math.PI);
    double trace = 0.25 + (0.45 * 0.45 + 0.05 * 0.05) / 3 - mean * mean;
    float[] points = new float[400];
    for (int i = 0; i < points.length; i += 2) {
      points[i] = i % 4 == 0 ? 0.3f : -0.3f;
      points[i + 1] = (float) mean;
    }
    List<Metric> metrics = CoverageMetrics.of(SPIRAL, points);
    assertThat(value(metrics, "mean_error")).isCloseTo(0, within(1e-4));
    assertThat(value(metrics, "sd_ratio"))
        .isCloseTo(0.3 * Math.sqrt(200 / 199.0 / trace), within(1e-4));
  }

  static Stream<Arguments> samples() {
    return Stream.of(
        // more than precision and recall take
        arguments(EIGHT, draw(ring(0.25, 1, 2, 3, 4, 5, 6, 7, 8), 12_000, 19)),
        // more outside than the mean discrepancy takes
        arguments(GAUSSIAN, draw(normal(20, 0.0, 0.0), 1_500, 19)),
        arguments(SPIRAL, draw(SPIRAL, 300, 19)),
        arguments(NORMAL_1D, draw(NORMAL_1D, 300, 19)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theOrderOfTheSamplesDoesNotMatter(TargetDistribution target, float[] points) {
    int d = target.dimensions();
    List<List<Float>> rows =
        IntStream.range(0, points.length / d)
            .mapToObj(i -> IntStream.range(i * d, (i + 1) * d).mapToObj(c -> points[c]).toList())
            .toList();
    Comparator<List<Float>> byX = Comparator.comparing(row -> row.get(0));
    List<List<Float>> sorted = rows.stream().sorted(byX).toList();
    Comparator<List<Float>> byClass = Comparator.comparing(row -> classOf(row));
    List<List<Float>> classes = sorted.stream().sorted(byClass).toList();
    List<Metric> metrics = CoverageMetrics.of(target, points);
    for (List<List<Float>> order : List.of(sorted, classes, roundRobin(classes), shuffled(rows))) {
      assertThat(CoverageMetrics.of(target, join(order))).isEqualTo(metrics);
    }
  }

  /** Returns the eighth of a turn in which a point lies. */
  private static long classOf(List<Float> row) {
    return row.size() == 1
        ? (long) Math.signum(row.get(0))
        : Math.round(Math.atan2(row.get(1), row.get(0)) / (Math.PI / 4));
  }

  /** Returns the rows of eight equal parts in turns. */
  private static List<List<Float>> roundRobin(List<List<Float>> rows) {
    int each = (rows.size() + 7) / 8;
    return IntStream.range(0, 8 * each)
        .map(i -> i % 8 * each + i / 8)
        .filter(i -> i < rows.size())
        .mapToObj(rows::get)
        .toList();
  }

  private static List<List<Float>> shuffled(List<List<Float>> rows) {
    List<List<Float>> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(1));
    return shuffled;
  }

  private static float[] join(List<List<Float>> rows) {
    List<Float> numbers = rows.stream().flatMap(List::stream).toList();
    float[] points = new float[numbers.size()];
    IntStream.range(0, points.length).forEach(c -> points[c] = numbers.get(c));
    return points;
  }

  @Test
  void givesTheSameInEveryThread() {
    float[] points = draw(SPIRAL, 700, 20);
    assertThat(
            IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> CoverageMetrics.of(SPIRAL, points))
                .distinct())
        .hasSize(1);
  }

  @Test
  void namesWhatIsWrongWithThePoints() {
    assertThatThrownBy(() -> CoverageMetrics.of(NORMAL_1D, new float[49]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot measure samples: found 49 rows where 50 or more are needed");
  }

  @Test
  void fiftySamplesAreEnough() {
    assertThat(CoverageMetrics.of(NORMAL_1D, draw(NORMAL_1D, 50, 21))).hasSize(ALWAYS.size());
    assertThat(CoverageMetrics.of(EIGHT, draw(EIGHT, 50, 21)))
        .noneMatch(metric -> Double.isNaN(metric.value()));
  }

  @Test
  void fewSamplesAreAReason() {
    String few = "fewer than 200 samples: the interval may be too narrow";
    assertThat(CoverageMetrics.of(EIGHT, draw(EIGHT, 199, 21)))
        .allSatisfy(metric -> assertThat(metric.reason()).endsWith(few));
    assertThat(CoverageMetrics.of(EIGHT, draw(EIGHT, 200, 21)))
        .noneMatch(metric -> metric.reason().contains("fewer"));
  }

  @Test
  void intervalsHoldTheExpectedValue() {
    assertIntervalsHold(EIGHT, seed -> draw(ring(0.3, 1, 1, 1, 1, 1, 1, 1, 1), 500, seed));
    assertIntervalsHold(EIGHT, seed -> draw(ring(0.2, 3, 1, 3, 1, 3, 1, 3, 1), 500, seed));
    assertIntervalsHold(SPIRAL, seed -> draw(normal(0.5, 0.0, 0.0), 500, seed));
    assertIntervalsHold(GAUSSIAN, seed -> draw(normal(1.2, 0.5, 0.0), 500, seed));
    assertIntervalsHold(NORMAL_1D, seed -> draw(normal(1.0, 0.0), 500, seed));
  }

  /** The intervals hold in at least 90% of 200 sets of samples, where 95% are expected. */
  private static void assertIntervalsHold(TargetDistribution target, LongFunction<float[]> draw) {
    Map<String, List<Metric>> metrics =
        LongStream.range(0, 200)
            .mapToObj(seed -> CoverageMetrics.of(target, draw.apply(1_000 + seed)))
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(Metric::metric));
    metrics.forEach(
        (name, of) -> {
          double mean = of.stream().mapToDouble(Metric::value).average().orElseThrow();
          long held =
              of.stream()
                  .filter(m -> m.ciLow() <= mean + 1e-12 && mean - 1e-12 <= m.ciHigh())
                  .count();
          assertThat(held)
              .as("%s of %s", name, target.name())
              .isGreaterThanOrEqualTo((long) (0.9 * of.size()));
        });
  }
}
