package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.table.SummaryRow;
import org.latentsweep.table.Table;

class TablesAcrossSeedsTest {
  @TempDir private Path temp;
  private SweepFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = SweepFolder.create(temp.toString(), new Configuration());
  }

  private static SummaryRow row(String target) {
    return new SummaryRow(
        target, 1, "hash", null, 0, 0, 0, 0, null, null, null, null, null, null, null, null, null,
        null, null, 0, 0, null, null, null, null, null, null, null, null, null, null, null, null,
        "");
  }

  @Test
  void aTableIsReadAsItWasWritten() throws IOException {
    folder.acrossSeeds().replace(Table.SUMMARY, "state", List.of(row("a"), row("b")));

    assertThat(folder.acrossSeeds().rows(Table.SUMMARY)).containsExactly(row("a"), row("b"));
  }

  @Test
  void aTableIsReplaced() throws IOException {
    folder.acrossSeeds().replace(Table.SUMMARY, "state", List.of(row("a"), row("b")));
    folder.acrossSeeds().replace(Table.SUMMARY, "other state", List.of(row("c")));

    assertThat(folder.acrossSeeds().rows(Table.SUMMARY)).containsExactly(row("c"));
  }

  @Test
  void aTableIsCurrentForTheStateThatItWasComputedFrom() throws IOException {
    assertThat(folder.acrossSeeds().isCurrent(Table.SUMMARY, "state")).isFalse();

    folder.acrossSeeds().replace(Table.SUMMARY, "state", List.of(row("a")));

    assertThat(folder.acrossSeeds().isCurrent(Table.SUMMARY, "state")).isTrue();
    assertThat(folder.acrossSeeds().isCurrent(Table.SUMMARY, "other state")).isFalse();
  }

  @Test
  void theStateChangesWithTheRuns() throws IOException {
    String before = folder.acrossSeeds().state();
    assertThat(folder.acrossSeeds().state()).isEqualTo(before);

    TestRuns.commit(folder, TestRuns.pack("gaussian", 2, 1, 2));

    assertThat(folder.acrossSeeds().state()).isNotEqualTo(before);
  }

  @Test
  void aRowThatLacksARequiredValueIsNotWritten() {
    assertThatThrownBy(
            () -> folder.acrossSeeds().replace(Table.SUMMARY, "state", List.of(row(null))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write a SummaryRow: target is null");
    assertThat(temp.resolve("_temporary")).isEmptyDirectory();
  }
}
