package org.latentsweep.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTextTest {
  @Test
  void valuesAreWrittenBelowTheNamesOfTheirColumns() {
    assertThat(CsvText.of(List.of("a", "b"), List.of(List.of(1, 2.5), Arrays.asList(null, "x"))))
        .isEqualTo("a,b\n1,2.5\n,x\n");
  }

  @Test
  void textWithSeparatorsIsQuoted() {
    assertThat(
            CsvText.of(
                List.of("a"), List.of(List.of("x,y"), List.of("p\nq"), List.of("say \"z\""))))
        .isEqualTo("a\n\"x,y\"\n\"p\nq\"\n\"say \"\"z\"\"\"\n");
  }

  @Test
  void aTableWithoutRowsIsItsHeader() {
    assertThat(CsvText.of(List.of("a", "b"), List.of())).isEqualTo("a,b\n");
  }
}
