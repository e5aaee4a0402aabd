package org.latentsweep.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentsweep.run.Outcome;

class ColumnTypeTest {
  @ParameterizedTest
  @EnumSource
  void anOutcomeIsStoredByItsTableName(Outcome outcome) {
    assertThat(ColumnType.of(Outcome.class).toColumn().apply(outcome))
        .isEqualTo(outcome.tableName());
  }
}
