package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plan of a sweep of 100,000 runs, in a process with 512 MB. */
class ManyRunsTest {
  private static final int RUNS = 100_000;
  private static final int RUNS_IN_PACK = 100;

  @TempDir private Path folder;

  @Test
  @Timeout(240)
  void runsArePlannedWhetherTheyAreFinishedOrNot() throws IOException, InterruptedException {
    Path sweep = ManyRuns.sweep(folder, RUNS);

    assertThat(plan(sweep)).contains("100000 runs, 0 finished, 0 failed, 100000 left");
    ManyRuns.commit(sweep, folder.resolve("out"), RUNS_IN_PACK);
    assertThat(plan(sweep)).contains("100000 runs, 100000 finished, 0 failed, 0 left");
  }

  private String plan(Path sweep) throws IOException, InterruptedException {
    Path err = folder.resolve("err");
    Process process =
        OwnProcess.builder(List.of("-Xmx512m"), "plan", sweep.toString())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(err.toFile()))
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    return Files.readString(err);
  }
}
