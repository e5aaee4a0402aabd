package org.latentsweep.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A metric that is renamed must not make a clause of the diagnosis vanish. */
class DiagnosedMetricsTest {
  /** The diagnosis of a cell in which every metric that is measured has the value 2. */
  private static String diagnosis(String target) {
    SortedMap<String, SeedValues> metrics = new TreeMap<>();
    for (String name : MetricNames.of(target)) {
      metrics.put(name, new SeedValues(new TreeMap<>(Map.of(1L, 2.0)), Optional.empty()));
    }
    GridCell cell = new GridCell("hash", target, 2, "", "{}", 1, 1, 0, 0);
    return Diagnosis.of(new MeasuredCell(cell, metrics)).orElseThrow();
  }

  @Test
  void everyClauseHasAMetricThatIsMeasured() {
    assertThat(diagnosis("eight-gaussians"))
        .isEqualTo(
            "covers 2 of 8 modes, heaviest mode 2.00 times the lightest, modes 2.00 times as wide as"
                + " they should be, 200% stray; map torn in 200% and folded in 200% of the latent"
                + " square, 2.00 times as thick as the target, keeps 200% of the latent neighbours;"
                + " KL_h 2.00 forward, 2.00 reverse");
  }

  @Test
  void targetsWithoutModesHaveACoverageThatIsMeasured() {
    assertThat(diagnosis("spiral")).startsWith("covers 200% of the target, ");
  }
}
