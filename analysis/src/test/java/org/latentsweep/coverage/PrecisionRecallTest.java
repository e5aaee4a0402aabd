package org.latentsweep.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;

class PrecisionRecallTest {

  @ParameterizedTest
  @ValueSource(strings = {"precision", "recall", "density", "coverage"})
  void jackknifeErrorsAreThoseOfLeavingEachSampleOut(String metric) {
    float[] real = CoverageLaws.draw(CoverageLaws.EIGHT, 90, 1);
    float[] generated = CoverageLaws.draw(CoverageLaws.ring(0.3, 1, 1, 1, 0, 1, 1, 0.2, 1), 70, 2);
    double ofReal = jackknife(real, others -> value(others, generated, metric));
    double ofGenerated = jackknife(generated, others -> value(real, others, metric));
    assertThat(ofReal).isPositive();
    assertThat(ofGenerated).isPositive();
    assertThat(error(new PrecisionRecall(real, 2).estimates(generated), metric))
        .isCloseTo(Math.hypot(ofReal, ofGenerated), within(1e-12));
  }

  private static double jackknife(float[] points, ToDoubleFunction<float[]> estimate) {
    int n = points.length / 2;
    double[] values = new double[n];
    double mean = 0;
    for (int i = 0; i < n; i++) {
      float[] others = new float[points.length - 2];
      System.arraycopy(points, 0, others, 0, 2 * i);
      System.arraycopy(points, 2 * i + 2, others, 2 * i, points.length - 2 - 2 * i);
      values[i] = estimate.applyAsDouble(others);
      mean += values[i] / n;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt((n - 1.0) / n * squares);
  }

  private static double value(float[] real, float[] generated, String metric) {
    return estimate(new PrecisionRecall(real, 2).estimates(generated), metric).value();
  }

  /** Only the balls of the outermost samples reach beyond a narrow normal. */
  @Test
  void aValueThatFewSamplesDecideHasAReason() {
    TargetDistribution narrow = CoverageLaws.normal(0.3, 1.0);
    float[] real = CoverageLaws.draw(CoverageLaws.NORMAL_1D, 2_000, 1);
    Metric recall =
        estimate(
            new PrecisionRecall(real, 1).estimates(CoverageLaws.draw(narrow, 2_000, 2)), "recall");
    assertThat(recall.reason())
        .isEqualTo("a few samples decide the value: the interval may be too narrow");
    assertThat((recall.ciHigh() - recall.ciLow()) / recall.standardError()).isGreaterThan(2 * 2.0);
    assertThat(
            new PrecisionRecall(real, 1)
                .estimates(CoverageLaws.draw(CoverageLaws.NORMAL_1D, 2_000, 2)))
        .allSatisfy(metric -> assertThat(metric.reason()).isEmpty());
  }

  static Stream<Arguments> pairs() {
    TargetDistribution lost = CoverageLaws.ring(0.2, 1, 1, 1, 1, 1, 1, 1, 0);
    return Stream.of(
        arguments(CoverageLaws.EIGHT, CoverageLaws.EIGHT),
        arguments(CoverageLaws.EIGHT, lost),
        arguments(CoverageLaws.GAUSSIAN, CoverageLaws.normal(0.7, 0.0, 0.0)),
        arguments(CoverageLaws.GAUSSIAN, CoverageLaws.normal(1.0, 1.0, 0.0)),
        arguments(CoverageLaws.SPIRAL, CoverageLaws.normal(0.5, 0.0, 0.0)));
  }

  /** The intervals hold the mean over both sets of samples in at least 90% of 200 repetitions. */
  @ParameterizedTest
  @MethodSource("pairs")
  void intervalsIncludeTheVarianceOfTheReferenceSet(TargetDistribution p, TargetDistribution q) {
    Map<String, List<Metric>> metrics =
        LongStream.range(0, 200)
            .mapToObj(
                seed ->
                    new PrecisionRecall(CoverageLaws.draw(p, 500, 2 * seed), 2)
                        .estimates(CoverageLaws.draw(q, 500, 2 * seed + 1)))
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(Metric::metric));
    metrics.forEach(
        (name, of) -> {
          double mean = of.stream().mapToDouble(Metric::value).average().orElseThrow();
          assertThat(of.stream().filter(m -> m.ciLow() <= mean && mean <= m.ciHigh()).count())
              .as(name)
              .isGreaterThanOrEqualTo(180);
        });
  }

  private static double error(List<Metric> estimates, String metric) {
    return estimate(estimates, metric).standardError();
  }

  private static Metric estimate(List<Metric> estimates, String metric) {
    return estimates.stream().filter(e -> e.metric().equals(metric)).findFirst().orElseThrow();
  }
}
