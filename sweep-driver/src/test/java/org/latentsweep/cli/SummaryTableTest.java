package org.latentsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentsweep.engine.ResultTable;

class SummaryTableTest {
  private static final List<String> COLUMNS = org.latentsweep.table.Table.SUMMARY.columns();

  private static List<Object> row(int k, String variant, String metric, Double median) {
    Object[] row = new Object[COLUMNS.size()];
    row[COLUMNS.indexOf("target")] = "spiral";
    row[COLUMNS.indexOf("latent_dim")] = k;
    row[COLUMNS.indexOf("config_hash")] = "hash of " + k + variant;
    row[COLUMNS.indexOf("metric")] = metric;
    row[COLUMNS.indexOf("runs")] = 3L;
    row[COLUMNS.indexOf("diverged")] = 1L;
    row[COLUMNS.indexOf("failed")] = 0L;
    row[COLUMNS.indexOf("median")] = median;
    row[COLUMNS.indexOf("median_low")] = median - 0.01;
    row[COLUMNS.indexOf("median_high")] = median + 0.02;
    row[COLUMNS.indexOf("median_confidence")] = 0.96142578125;
    row[COLUMNS.indexOf("worst")] = 5.413046457508084;
    row[COLUMNS.indexOf("counted")] = 12L;
    row[COLUMNS.indexOf("finite")] = 12L;
    row[COLUMNS.indexOf("floor")] = 1e-3;
    row[COLUMNS.indexOf("diagnosis")] = "covers 40% of the target";
    row[COLUMNS.indexOf("variant")] = variant;
    return Arrays.asList(row);
  }

  @Test
  void cellsThatDifferInMoreThanTheLatentDimensionShowTheirVariant() {
    ResultTable summary =
        new ResultTable(
            COLUMNS,
            List.of(
                row(1, "batch = 64", "kl_forward", 1.0), row(1, "batch = 256", "kl_forward", 2.0)));

    assertThat(SummaryTable.wide(summary).rows())
        .extracting(row -> row.subList(0, 3))
        .containsExactly(List.of("spiral", 1, "batch = 64"), List.of("spiral", 1, "batch = 256"));
    assertThat(SummaryTable.diagnoses(summary))
        .isEqualTo(
            new ResultTable(
                List.of("target", "k", "variant", "diagnosis"),
                List.of(
                    List.of("spiral", 1, "batch = 64", "covers 40% of the target"),
                    List.of("spiral", 1, "batch = 256", "covers 40% of the target"))));
  }

  @Test
  void aMedianHasItsIntervalTheWorstRunAndTheNumberOfRuns() {
    ResultTable summary = new ResultTable(COLUMNS, List.of(row(10, "", "kl_forward", 0.0861)));

    assertThat(SummaryTable.wide(summary).rows().get(0))
        .contains("0.086 [0.076, 0.106] worst 5.41, 12 of 12");
    assertThat(SummaryTable.caption(summary))
        .startsWith(
            "KL_h in nats: median over seeds [interval that holds it with a confidence of 96.1% for"
                + " 12 runs], worst run, ");
  }
}
