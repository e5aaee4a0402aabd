package org.latentsweep.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTextTest {
  private static final List<String> COLUMNS = List.of("target", "k", "kl");

  @Test
  void startsWithTheHeader() {
    assertThat(CsvText.of(COLUMNS, List.of())).isEqualTo("target,k,kl\n");
  }

  @Test
  void nullIsEmpty() {
    assertThat(CsvText.of(COLUMNS, List.of(Arrays.asList("spiral", null, 0.25))))
        .isEqualTo("target,k,kl\nspiral,,0.25\n");
  }

  @Test
  void quotesFieldsWithCommasQuotesAndLineBreaks() {
    assertThat(CsvText.of(COLUMNS, List.of(List.of("a, \"b\"", "c\nd", "e\rf"))))
        .isEqualTo("target,k,kl\n\"a, \"\"b\"\"\",\"c\nd\",\"e\rf\"\n");
  }

  @Test
  void keepsSpaces() {
    assertThat(CsvText.of(List.of("x"), List.of(List.of(" y ")))).isEqualTo("x\n y \n");
  }
}
