package org.latentsweep.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.latentsweep.folder.LocalSpark;
import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.target.NoiseLaw;

class RowTypeTest {
  private enum StoredEnum {
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
      StoredEnum kind,
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
          StoredEnum.PAIRED_T,
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

  private record WithMap(Map<String, String> names) {}

  private record WithObject(Object any) {}

  private record WithListOfObjects(List<Object> any) {}

  @Test
  void aTypeThatNoColumnCanHoldIsRefused() {
    assertThatThrownBy(() -> RowType.of(WithMap.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot store a java.util.Map<java.lang.String, java.lang.String> in a column");
    for (Class<? extends Record> type : List.of(WithObject.class, WithListOfObjects.class)) {
      assertThatThrownBy(() -> RowType.of(type))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Cannot store a java.lang.Object in a column");
    }
  }

  private record WithLists(RunId runId, List<Long> seeds, List<Outcome> outcomes) {}

  @Test
  void listsAreReadAsTheyWereWritten() {
    RowType<WithLists> type = RowType.of(WithLists.class);
    WithLists row =
        new WithLists(RunId.of("a"), List.of(3L, 1L), List.of(Outcome.FAILED, Outcome.DIVERGED));

    Object[] values = type.values(row);

    assertThat(values[1]).isEqualTo(List.of(3L, 1L));
    assertThat(values[2]).isEqualTo(List.of("failed", "diverged"));
    assertThat(type.row(column -> values[type.columns().indexOf(column)])).isEqualTo(row);
  }

  private record Queried(
      RunId runId, Instant startedAt, List<Double> numbers, Outcome outcome, @Nullable Long n) {}

  @Test
  void rowsOfQueriesAreReadByName() {
    Row row =
        LocalSpark.session()
            .sql(
                "SELECT 'more' AS other, CAST(NULL AS BIGINT) AS n, array(2D, 1D) AS numbers,"
                    + " timestamp'2026-01-02 03:04:05.123456Z' AS started_at,"
                    + " 'completed' AS outcome, 'ab' AS run_id")
            .head();

    assertThat(RowType.of(Queried.class).row(row))
        .isEqualTo(
            new Queried(
                new RunId("ab"),
                Instant.parse("2026-01-02T03:04:05.123456Z"),
                List.of(2.0, 1.0),
                Outcome.COMPLETED,
                null));
  }

  private record WithNumbers(List<Double> numbers) {}

  @Test
  void aNullArrayInARequiredColumnOfAQueryIsNotRead() {
    Row row = LocalSpark.session().sql("SELECT CAST(NULL AS ARRAY<DOUBLE>) AS numbers").head();
    assertThatThrownBy(() -> RowType.of(WithNumbers.class).row(row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read a WithNumbers: numbers is null");
  }

  @Test
  void aColumnThatAQueryLacksIsRefused() {
    Row row = LocalSpark.session().sql("SELECT 'ab' AS run_id").head();
    assertThatThrownBy(() -> RowType.of(Queried.class).row(row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("started_at");
  }

  @Test
  void anArchiveIsStoredAsBytes() {
    RowType<GeneratorRow> type = RowType.of(GeneratorRow.class);
    byte[] bytes = {1, 2};

    assertThat(type.values(new GeneratorRow(RunId.of("a"), 1, new GeneratorArchive(bytes)))[2])
        .isEqualTo(bytes);
  }
}
