package org.latentsweep.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.target.NoiseLaw;

class RowTypeTest {
  private enum Kind {
    PAIRED_T
  }

  private record Everything(
      RunId runId,
      String text,
      int count,
      long seed,
      float dLoss,
      double value,
      Instant startedAt,
      NoiseLaw noise,
      Outcome outcome,
      Kind kind,
      @Nullable Integer divergedAt,
      @Nullable Float gLoss) {}

  private static final RowType<Everything> TYPE = RowType.of(Everything.class);

  private static final Everything ROW =
      new Everything(
          RunId.of("a run"),
          "text",
          1,
          2,
          3f,
          4,
          Instant.EPOCH,
          new NoiseLaw.Normal(),
          Outcome.DIVERGED,
          Kind.PAIRED_T,
          null,
          5f);

  private static Map<String, Object> byName(Object[] values) {
    Map<String, Object> byName = new HashMap<>();
    for (int c = 0; c < values.length; c++) {
      byName.put(TYPE.columns().get(c), values[c]);
    }
    return byName;
  }

  @Test
  void columnsAreNamedAsComponentsInSnakeCase() {
    assertThat(TYPE.columns())
        .containsExactly(
            "run_id",
            "text",
            "count",
            "seed",
            "d_loss",
            "value",
            "started_at",
            "noise",
            "outcome",
            "kind",
            "diverged_at",
            "g_loss");
  }

  @Test
  void onlyNullableComponentsAreNullableColumns() {
    assertThat(Arrays.stream(TYPE.schema().fields()).filter(field -> field.nullable()))
        .extracting(field -> field.name())
        .containsExactly("diverged_at", "g_loss");
  }

  @Test
  void componentsAreConvertedToTheValuesOfColumns() {
    assertThat(TYPE.values(ROW))
        .containsExactly(
            RunId.of("a run").hex(),
            "text",
            1,
            2L,
            3f,
            4.0,
            Instant.EPOCH,
            new NoiseLaw.Normal().toString(),
            "diverged",
            "paired-t",
            null,
            5f);
  }

  @Test
  void aRowIsReadByTheNamesOfItsColumns() {
    assertThat(TYPE.row(byName(TYPE.values(ROW))::get)).isEqualTo(ROW);
  }

  @Test
  void aNullInARequiredColumnIsNotRead() {
    Map<String, Object> values = byName(TYPE.values(ROW));
    values.remove("count");
    assertThatThrownBy(() -> TYPE.row(values::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read a Everything: count is null");
  }

  @Test
  void aNullInARequiredColumnIsNotWritten() {
    RowType<GeneratorRow> generators = RowType.of(GeneratorRow.class);
    assertThatThrownBy(() -> generators.values(new GeneratorRow(RunId.of("a"), 1, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write a GeneratorRow: archive is null");
  }

  @Test
  void aTextThatNamesNoConstantIsRefused() {
    Map<String, Object> values = byName(TYPE.values(ROW));
    values.put("outcome", "perished");
    assertThatThrownBy(() -> TYPE.row(values::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read 'perished' as Outcome");
  }

  @Test
  void aValueOfAnotherTypeIsRefused() {
    Map<String, Object> values = byName(TYPE.values(ROW));
    values.put("count", "many");
    assertThatThrownBy(() -> TYPE.row(values::get)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNumberInAColumnOfTextIsRefused() {
    Map<String, Object> values = byName(TYPE.values(ROW));
    values.put("run_id", 1L);
    assertThatThrownBy(() -> TYPE.row(values::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read a Everything: run_id is a Long");
  }

  private record WithList(List<String> names) {}

  @Test
  void aClassThatNoColumnCanHoldIsRefused() {
    assertThatThrownBy(() -> RowType.of(WithList.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot store a java.util.List in a column");
  }

  @Test
  void anArchiveIsStoredAsBytes() {
    RowType<GeneratorRow> type = RowType.of(GeneratorRow.class);
    byte[] bytes = {1, 2};

    assertThat(type.values(new GeneratorRow(RunId.of("a"), 1, new GeneratorArchive(bytes)))[2])
        .isEqualTo(bytes);
  }
}
