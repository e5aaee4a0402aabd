package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.table.RunRow;
import org.latentsweep.target.NoiseLaw;

class StoredRunsTest {
  private static final RunPack PACK = TestRuns.pack("gaussian", 2, 1, 3);
  private static final RunPack OTHER = TestRuns.pack("eight-gaussians", 2, 1, 3);
  private static final List<RunResult> RESULTS =
      List.of(
          TestRuns.diverged(PACK.runs().get(0)),
          TestRuns.failed(PACK.runs().get(1)),
          TestRuns.completed(PACK.runs().get(2)));

  @TempDir private Path temp;
  private SweepFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = SweepFolder.create(temp.toString(), new Configuration());
  }

  private List<RunRow> commitResults() throws IOException {
    List<RunRow> rows = new ArrayList<>();
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      for (RunResult result : RESULTS) {
        rows.add(writer.add(result));
      }
      assertThat(folder.runs().ofPack(PACK)).isEmpty();
      writer.commit();
    }
    return rows;
  }

  @Test
  void theWriterReturnsTheRowsOfRuns() throws IOException {
    List<RunRow> rows = commitResults();

    assertRow(rows.get(0), RESULTS.get(0), Outcome.DIVERGED, 3);
    assertRow(rows.get(1), RESULTS.get(1), Outcome.FAILED, 0);
    assertRow(rows.get(2), RESULTS.get(2), Outcome.COMPLETED, TestRuns.STEPS);
  }

  private static void assertRow(RunRow row, RunResult result, Outcome outcome, int steps) {
    assertThat(row.runId()).isEqualTo(result.spec().id());
    assertThat(row.outcome()).isEqualTo(outcome);
    assertThat(row.stepsDone()).isEqualTo(steps);
    assertThat(row.dLoss()).isEqualTo(steps == 0 ? null : result.history().dLoss(steps - 1));
    assertThat(row.gLoss()).isEqualTo(steps == 0 ? null : result.history().gLoss(steps - 1));
    assertThat(row.trainSeconds()).isEqualTo(result.trainSeconds());
    assertThat(row.device()).isEqualTo("a processor");
    assertThat(row.host()).isEqualTo("here");
  }

  @Test
  void aCommittedPackHasTheRowsThatWereWritten() throws IOException {
    assertThat(folder.runs().ofPack(PACK)).isEmpty();

    List<RunRow> rows = commitResults();

    assertThat(folder.runs().ofPack(PACK)).contains(rows);
    assertThat(folder.runs().ofPack(TestRuns.pack("gaussian", 2, 1, 2))).isEmpty();
  }

  @Test
  void aPackWithADroppedRunIsIncomplete() throws IOException {
    commitResults();

    folder.runs().drop(Set.of(PACK.runs().get(1).id()));

    assertThat(folder.runs().ofPack(PACK)).isEmpty();
  }

  @Test
  void aRunHasItsRowAndThePartOfItsPack() throws IOException {
    TestRuns.commit(folder, OTHER);
    RunSpec spec = OTHER.runs().get(0);

    StoredRun run = folder.runs().all().get(spec.id());

    assertThat(run.id()).isEqualTo(spec.id());
    assertThat(run.part()).isEqualTo("part-" + OTHER.id());
    RunRow row = run.row();
    assertThat(row.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(row.message()).isNull();
    assertThat(row.target()).isEqualTo("eight-gaussians");
    assertThat(row.latentDim()).isEqualTo(2);
    assertThat(row.noise()).isEqualTo(new NoiseLaw.Normal());
    assertThat(row.steps()).isEqualTo(5);
    assertThat(row.stepsDone()).isEqualTo(5);
    assertThat(row.trainSeconds()).isEqualTo(2.5);
    assertThat(row.packSize()).isEqualTo(2);
    assertThat(row.backend()).isEqualTo("reference: asked for");
    assertThat(row.device()).isEqualTo("a processor");
    assertThat(row.finishedAt()).isEqualTo(Instant.parse("2026-01-02T03:05:05.123456Z"));
  }

  @Test
  void everyFileThatCannotBeReadIsNamed() throws IOException {
    TestRuns.commit(folder, PACK);
    TestRuns.commit(folder, OTHER);
    for (RunPack pack : List.of(PACK, OTHER)) {
      byte[] bytes = Files.readAllBytes(file(pack));
      Arrays.fill(bytes, 4, bytes.length - 8, (byte) 0x55);
      Files.write(file(pack), bytes);
    }

    // The rest of each message is Parquet's own.
    assertThatThrownBy(folder.runs()::all)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot read " + file(PACK) + ": ")
        .hasMessageContaining("Cannot read " + file(OTHER) + ": ");
  }

  private Path file(RunPack pack) {
    return temp.resolve("runs/part-" + pack.id() + ".parquet");
  }

  @Test
  void aFileOfAnotherTableIsNotRead() throws IOException {
    Path other = temp.resolve("runs/part-0123456789abcdef.parquet");
    Files.copy(temp.resolve("history/_common_metadata"), other);

    assertThatThrownBy(folder.runs()::all)
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read %s: it has no column sweep", other);
  }
}
