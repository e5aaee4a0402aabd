package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.table.RunRow;

class CommittedPackTest {
  private static final RunPack PACK = TestRuns.pack("gaussian", 2, 1, 3);

  @TempDir private Path temp;

  @Test
  void theRowsSayHowThePackWent() throws IOException {
    SweepFolder folder = SweepFolder.create(temp.toString(), new Configuration());
    List<RunResult> results =
        List.of(
            TestRuns.diverged(PACK.runs().get(0)),
            TestRuns.failed(PACK.runs().get(1)),
            TestRuns.completed(PACK.runs().get(2)));
    List<RunRow> rows = new ArrayList<>();
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      for (RunResult result : results) {
        rows.add(writer.add(result));
      }
      assertThat(folder.runs().ofPack(PACK)).isEmpty();
      writer.commit();
    }

    assertThat(folder.runs().ofPack(PACK)).contains(rows);
    assertRow(rows.get(0), results.get(0), Outcome.DIVERGED, 3);
    assertRow(rows.get(1), results.get(1), Outcome.FAILED, 0);
    assertRow(rows.get(2), results.get(2), Outcome.COMPLETED, TestRuns.STEPS);
    assertThat(folder.runs().ofPack(TestRuns.pack("gaussian", 2, 1, 2))).isEmpty();

    folder.runs().drop(Set.of(PACK.runs().get(1).id()));
    assertThat(folder.runs().ofPack(PACK)).isEmpty();
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
}
