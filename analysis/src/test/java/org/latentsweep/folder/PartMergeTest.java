package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.table.Table;

class PartMergeTest {
  private static final RunPack PACK = TestRuns.pack("spiral", 1, 1, 2);
  private static final RunPack OTHER = TestRuns.pack("spiral", 1, 3, 4);
  private static final RunId FAILED = OTHER.runs().get(1).id();

  @TempDir private Path root;
  private SweepFolder folder;

  @BeforeEach
  void commit() throws IOException {
    folder = SweepFolder.create(root.toString(), new Configuration());
    TestRuns.commit(folder, PACK);
    try (PackWriter writer = folder.startPack(OTHER, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(OTHER.runs().get(0)));
      writer.add(TestRuns.failed(OTHER.runs().get(1)));
      writer.commit();
    }
  }

  private PartMerge merge() throws IOException {
    return new PartMerge(folder.files(), new Compaction(folder, 1).parts());
  }

  private List<String> fileNames(Table<?> table) throws IOException {
    return folder.files().stored(table).stream().map(file -> file.path().getName()).toList();
  }

  @Test
  void theRunsCountInTheMergedPart() throws IOException {
    assertThat(merge().run()).isTrue();

    assertThat(folder.runs().all().values())
        .hasSize(4)
        .allMatch(run -> run.part().startsWith("merged-"));
  }

  @Test
  void theFilesOfTheMergedPartsStay() throws IOException {
    merge().run();

    for (Table<?> table : List.of(Table.RUNS, Table.HISTORY, Table.SAMPLES, Table.GENERATORS)) {
      assertThat(fileNames(table)).hasSize(3);
    }
  }

  @Test
  void aSecondAttemptMergesNothing() throws IOException {
    PartMerge second = merge();
    merge().run();

    assertThat(second.run()).isFalse();
    assertThat(fileNames(Table.RUNS)).hasSize(3);
    assertThat(root.resolve("_temporary")).isEmptyDirectory();
  }

  @Test
  void aTaskThatOutlivesItsDriverDoesNotBringBackDroppedRuns() throws IOException {
    PartMerge stale = merge();
    folder.runs().drop(Set.of(FAILED));

    assertThat(stale.run()).isFalse();
    assertThat(fileNames(Table.RUNS)).noneMatch(name -> name.startsWith("merged-"));
    assertThat(root.resolve("_temporary")).isEmptyDirectory();
  }
}
