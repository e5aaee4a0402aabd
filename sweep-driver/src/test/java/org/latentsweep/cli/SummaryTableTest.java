package org.latentsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.table.SummaryRow;

class SummaryTableTest {
  private static SummaryRow row(int k, String variant, String metric, double mean) {
    return new SummaryRow(
        "spiral",
        k,
        "hash of " + k + variant,
        metric,
        3,
        1,
        0,
        mean,
        null,
        null,
        null,
        mean + 0.25,
        1e-3,
        "covers 40% of the target",
        variant);
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
}
