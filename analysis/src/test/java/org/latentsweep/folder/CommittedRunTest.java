package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;

class CommittedRunTest {
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
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      for (RunResult result : results) {
        writer.add(result);
      }
      assertThat(folder.committed(PACK)).isEmpty();
      writer.commit();
    }

    assertThat(folder.committed(PACK))
        .contains(
            List.of(
                row(results.get(0), Outcome.DIVERGED, 3),
                row(results.get(1), Outcome.FAILED, 0),
                row(results.get(2), Outcome.COMPLETED, TestRuns.STEPS)));
    assertThat(folder.committed(TestRuns.pack("gaussian", 2, 1, 2))).isEmpty();

    folder.dropRuns(Set.of(PACK.runs().get(1).id()));
    assertThat(folder.committed(PACK)).isEmpty();
  }

  private static CommittedRun row(RunResult result, Outcome outcome, int steps) {
    int last = steps - 1;
    return new CommittedRun(
        result.spec().id(),
        outcome,
        steps,
        steps == 0 ? Double.NaN : result.history().dLoss(last),
        steps == 0 ? Double.NaN : result.history().gLoss(last),
        result.trainSeconds(),
        "a processor",
        "here");
  }
}
