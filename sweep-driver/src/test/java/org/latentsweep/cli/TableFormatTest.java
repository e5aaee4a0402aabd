package org.latentsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentsweep.engine.ResultTable;

class TableFormatTest {
  private static final ResultTable TABLE =
      new ResultTable(
          List.of("target", "k", "kl"),
          List.of(
              List.of("spiral", 100, 0.123456),
              Arrays.asList("a, \"b\"", 2, null),
              List.of("", 3, Double.NaN)));

  @Test
  void textIsAligned() {
    assertThat(TableFormat.TABLE.print(TABLE))
        .isEqualTo(
            """
            target    k      kl
            spiral  100  0.1235
            a, "b"    2
                      3     NaN
            """);
  }

  @Test
  void csvIsQuotedWhereNecessary() {
    assertThat(TableFormat.CSV.print(TABLE))
        .isEqualTo("target,k,kl\nspiral,100,0.123456\n\"a, \"\"b\"\"\",2,\n,3,NaN\n");
  }

  @Test
  void jsonHasAnObjectForEachRow() {
    assertThat(TableFormat.JSON.print(TABLE))
        .isEqualTo(
            """
            [ {
              "target" : "spiral",
              "k" : 100,
              "kl" : 0.123456
            }, {
              "target" : "a, \\"b\\"",
              "k" : 2,
              "kl" : null
            }, {
              "target" : "",
              "k" : 3,
              "kl" : "NaN"
            } ]
            """);
  }

  @Test
  void aTableWithoutRowsHasOnlyItsHeader() {
    ResultTable empty = new ResultTable(List.of("a", "b"), List.of());

    assertThat(TableFormat.TABLE.print(empty)).isEqualTo("a  b\n");
    assertThat(TableFormat.CSV.print(empty)).isEqualTo("a,b\n");
    assertThat(TableFormat.JSON.print(empty)).isEqualTo("[ ]\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "0.5, 0.5",
    "-0.0123456, -0.01235",
    "0.0001, 0.0001",
    "0.0000123456, 0.00001235",
    "0.000000123456, 1.235e-7",
    "9999.4, 9999",
    "12345.6, 12346",
    "1.5e20, 1.5e+20",
    "Infinity, Infinity",
  })
  void fractionsHaveFourDigits(double number, String shown) {
    ResultTable table = new ResultTable(List.of("x"), List.of(List.of(number)));

    assertThat(TableFormat.TABLE.print(table).lines().skip(1).findFirst().orElseThrow().strip())
        .isEqualTo(shown);
  }

  @Test
  void rejectsARowOfAnotherLength() {
    assertThatThrownBy(() -> new ResultTable(List.of("a"), List.of(List.of(1, 2))))
        .hasMessage("Cannot make a table: a row has 2 values for 1 columns");
  }
}
