package org.latentsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.table.SummaryRow;

class SummaryTableTest {
  private static SummaryRow row(int k, String variant, String metric, double median) {
    return SummaryRows.row(
        k,
        variant,
        metric,
        SummaryRows.median(12, 12, median, median - 0.01, median + 0.02, 0.96142578125),
        5.413046457508084,
        1e-3,
        "covers 40% of the target");
  }

  @Test
  void cellsThatDifferInMoreThanTheLatentDimensionShowTheirVariant() {
    SummaryTable summary =
        new SummaryTable(
            List.of(
                row(1, "batch = 64", "kl_forward", 1.0), row(1, "batch = 256", "kl_forward", 2.0)));

    assertThat(summary.wide().rows())
        .extracting(row -> row.subList(0, 3))
        .containsExactly(List.of("spiral", 1, "batch = 64"), List.of("spiral", 1, "batch = 256"));
    assertThat(summary.diagnoses())
        .isEqualTo(
            new ResultTable(
                List.of("target", "k", "variant", "diagnosis"),
                List.of(
                    List.of("spiral", 1, "batch = 64", "covers 40% of the target"),
                    List.of("spiral", 1, "batch = 256", "covers 40% of the target"))));
  }

  @Test
  void aMedianHasItsIntervalTheWorstRunAndTheNumberOfRuns() {
    SummaryTable summary = new SummaryTable(List.of(row(10, "", "kl_forward", 0.0861)));

    assertThat(summary.wide().rows().get(0)).contains("0.086 [0.076, 0.106] worst 5.41, 12 of 12");
    assertThat(summary.caption())
        .startsWith(
            "KL_h in nats: median over seeds [interval that holds it with a confidence of 96.1% for"
                + " 12 runs], worst run, ");
  }
}
