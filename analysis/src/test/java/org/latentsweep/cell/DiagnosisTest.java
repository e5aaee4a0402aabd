package org.latentsweep.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
  private static String of(
      String target, int k, int diverged, int failed, Map<String, double[]> metrics) {
    SortedMap<String, SeedValues> values = new TreeMap<>();
    metrics.forEach((name, bySeed) -> values.put(name, values(bySeed)));
    GridCell cell =
        new GridCell("hash", target, k, "", "{}", 10, 10 - diverged - failed, diverged, failed);
    return Diagnosis.of(new MeasuredCell(cell, values)).orElse("nothing");
  }

  private static SeedValues values(double... values) {
    SortedMap<Long, Double> bySeed = new TreeMap<>();
    for (double value : values) {
      bySeed.put((long) bySeed.size(), value);
    }
    return new SeedValues(bySeed, Optional.empty());
  }

  private static String of(String metric, double... values) {
    return of("eight-gaussians", 2, 0, 0, Map.of(metric, values));
  }

  @Test
  void aLineHasAllClauses() {
    assertThat(
            of(
                "eight-gaussians",
                2,
                1,
                0,
                Map.of(
                    "modes_covered",
                    new double[] {6, 7, 5},
                    "stray",
                    new double[] {0.02, 0.04},
                    "tear",
                    new double[] {0.04},
                    "kl_forward",
                    new double[] {0.2, 0.22},
                    "kl_reverse",
                    new double[] {0.05})))
        .isEqualTo(
            "covers 6 of 8 modes (5 to 7), 3% stray; map torn in 4% of the latent square;"
                + " KL_h 0.21 forward (missing mass), 0.05 reverse; 1 of 10 runs diverged");
  }

  @Test
  void coverageIsComparedWithThatOfTheTarget() {
    assertThat(coverage(0.97)).isEqualTo("covers the target as its own samples do");
    assertThat(coverage(0.99)).isEqualTo("covers the target as its own samples do");
    assertThat(coverage(0.62)).isEqualTo("covers 62% of the target (its own samples: 97%)");
  }

  @Test
  void coverageThatReachesThatOfTheTargetWithinItsIntervalIsNotCalledLess() {
    assertThat(coverage(0.9, 0.93, 0.97)).isEqualTo("covers the target as its own samples do");
    assertThat(coverage(0.9, 0.93, 0.95))
        .isEqualTo("covers 93% of the target (its own samples: 97%)");
  }

  private static String coverage(double... values) {
    return withFloor("spiral", "coverage", 0.968, values);
  }

  private static String withFloor(String target, String metric, double floor, double... values) {
    SortedMap<String, SeedValues> metrics = new TreeMap<>();
    metrics.put(metric, new SeedValues(values(values).bySeed(), Optional.of(floor)));
    GridCell cell = new GridCell("hash", target, 2, "", "{}", 1, 1, 0, 0);
    return Diagnosis.of(new MeasuredCell(cell, metrics)).orElse("nothing");
  }

  @Test
  void strayMassIsComparedWithThatOfTheTarget() {
    assertThat(withFloor("spiral", "stray", 0.01, 0.01)).isEqualTo("nothing");
    assertThat(withFloor("spiral", "stray", 0.01, 0.008, 0.02, 0.03)).isEqualTo("nothing");
    assertThat(withFloor("spiral", "stray", 0.01, 0.02, 0.03, 0.04))
        .isEqualTo("3% stray (the target's own samples: 1%)");
    assertThat(withFloor("spiral", "stray", 0, 0.03)).isEqualTo("3% stray");
  }

  @Test
  void modesThatSamplesOfTheTargetMissAreTold() {
    assertThat(withFloor("eight-gaussians", "modes_covered", 8, 7))
        .isEqualTo("covers 7 of 8 modes");
    assertThat(withFloor("eight-gaussians", "modes_covered", 6.5, 6, 5, 7))
        .isEqualTo("covers 6 of 8 modes (5 to 7; the target's own samples: 6.5)");
  }

  @Test
  void metricsThatWereNotMeasuredAreNotMentioned() {
    assertThat(of("spiral", 2, 0, 0, Map.of())).isEqualTo("nothing");
    assertThat(of("spiral", 2, 2, 3, Map.of())).isEqualTo("2 of 10 runs diverged, 3 failed");
    assertThat(of("spiral", 2, 0, 3, Map.of())).isEqualTo("3 of 10 runs failed");
    assertThat(of("kl_forward", 1)).isEqualTo("nothing");
    assertThat(of("js", 1)).isEqualTo("nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8, 8 | covers 8 of 8 modes",
        "5 | covers 5 of 8 modes",
        "8, 7 | covers 7.5 of 8 modes (7 to 8)",
        "8, 7.999, 8 | covers 8 of 8 modes",
      })
  void modesAreCounted(String values, String clause) {
    double[] counts = Arrays.stream(values.split(", ")).mapToDouble(Double::parseDouble).toArray();
    assertThat(of("modes_covered", counts)).isEqualTo(clause);
  }

  @Test
  void targetsWithoutModesAreCoveredByShare() {
    assertThat(of("spiral", 2, 0, 0, Map.of("coverage", new double[] {0.62})))
        .isEqualTo("covers 62% of the target");
    assertThat(
            of(
                "eight-gaussians",
                2,
                0,
                0,
                Map.of("coverage", new double[] {0.62}, "modes_covered", new double[] {5})))
        .isEqualTo("covers 5 of 8 modes");
  }

  @ParameterizedTest
  @CsvSource({"0.0006, 0.1%", "0.011, 1%", "0.5, 50%", "0.996, 99.6%", "1, 100%"})
  void sharesArePercentages(double share, String shown) {
    assertThat(of("stray", share)).isEqualTo(shown + " stray");
  }

  @Test
  void sharesThatRoundToZeroAreNotMentioned() {
    for (String metric : List.of("stray", "tear", "fold")) {
      assertThat(of(metric, 0)).isEqualTo("nothing");
      assertThat(of(metric, 0.0004)).isEqualTo("nothing");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.5 | 0.1 | KL_h 0.50 forward (missing mass), 0.10 reverse",
        "0.1 | 0.5 | KL_h 0.10 forward, 0.50 reverse (stray mass)",
        "0.1 | 0.15 | KL_h 0.10 forward, 0.15 reverse",
        "0.009 | 0.001 | KL_h 0.01 forward, 0.00 reverse",
        "-0.001 | 12.34 | KL_h 0.00 forward, 12.3 reverse (stray mass)",
        "Infinity | 1 | KL_h infinite forward (missing mass), 1.00 reverse",
      })
  void theLargerDirectionSaysWhatIsWrong(double forward, double reverse, String clause) {
    assertThat(
            of(
                "spiral",
                1,
                0,
                0,
                Map.of("kl_forward", new double[] {forward}, "kl_reverse", new double[] {reverse})))
        .isEqualTo(clause);
  }

  @Test
  void latentsAreASquareInTwoDimensionsAndASpaceInOthers() {
    assertThat(
            of("spiral", 2, 0, 0, Map.of("tear", new double[] {0.04}, "fold", new double[] {0.5})))
        .isEqualTo("map torn in 4% and folded in 50% of the latent square");
    assertThat(of("spiral", 10, 0, 0, Map.of("fold", new double[] {0.25})))
        .isEqualTo("map folded in 25% of the latent space");
    assertThat(of("neighbour_preservation", 0.83)).isEqualTo("keeps 83% of the latent neighbours");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relative_width | 0 | a curve",
        "relative_width | 0.4 | 0.40 times as thick as the target",
        "relative_width | 1.05 | nothing",
        "mode_sd_ratio | 0.6 | modes 0.60 times as wide as they should be",
        "mode_sd_ratio | 0.95 | nothing",
        "mode_weight_max_ratio | 2.5 | heaviest mode 2.50 times the lightest",
        "mode_weight_max_ratio | Infinity | nothing",
        "mode_weight_max_ratio | 1 | nothing",
      })
  void ratiosAreMentionedIfTheyAreNotNearOne(String metric, double value, String clause) {
    assertThat(of(metric, value)).isEqualTo(clause);
  }
}
