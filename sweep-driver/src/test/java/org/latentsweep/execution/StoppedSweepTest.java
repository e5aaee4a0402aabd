package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentsweep.execution.Cli.SMOKE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sweep in a process of its own that keeps others out, and is told to stop. */
class StoppedSweepTest {
  private static final int SECONDS = 60;
  private static final int RUNS = 24;
  private static final int TERMINATED = 128 + 15; // as a shell says it

  @TempDir private Path folder;

  private Object[] sweep() {
    return new Object[] {
      "run",
      SMOKE,
      "--set",
      "output=" + output(),
      "--set",
      "run.steps=6000",
      "--set",
      "axes.seed=1..6",
      "--set",
      "run.batch=256",
      "--set",
      "metrics=[]"
    };
  }

  private Path output() {
    return folder.resolve("sweep");
  }

  private Path log() {
    return folder.resolve("log");
  }

  @Test
  @Timeout(240)
  void aSecondOneIsRefusedAndTheFirstStopsWhenToldTo() throws Exception {
    Process first = start();
    try {
      awaitCommitted(1, first);

      Cli second = Cli.run(sweep());
      assertThat(second.code()).isEqualTo(2);
      assertThat(second.err())
          .startsWith(
              "Cannot write to %s: latentsweep run has it, process %d on "
                  .formatted(output(), first.pid()));
      assertThat(Cli.run("analyze", output()).code()).isEqualTo(2);

      Cli cancelled = Cli.run("status", output(), "--cancel", "--format", "csv");
      assertThat(cancelled.code()).as(cancelled.err()).isZero();
      assertThat(first.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      first.destroyForcibly();
    }
    assertThat(first.exitValue()).isEqualTo(1);
    assertThat(Files.readString(log(), StandardCharsets.UTF_8))
        .contains("Cancelled: it was cancelled; what was finished is kept, run again to go on");
    assertThat(Files.readString(output().resolve("events.jsonl")))
        .contains("\"sweep_failed\",\"reason\":\"Cancelled: it was cancelled; ");
    assertThat(finished()).isBetween(1, RUNS - 1);
    assertThat(output().resolve("_temporary").toFile().list()).isEmpty();
    assertThat(output().resolve("_lock").toFile().list()).isEmpty();
    assertThat(Cli.run("status", output(), "--cancel").err())
        .startsWith("Cannot cancel: no latentsweep writes to " + output());

    int before = finished();
    Process again = start();
    try {
      awaitCommitted(before + 1, again);
      again.destroy(); // SIGTERM
      assertThat(again.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      again.destroyForcibly();
    }
    assertThat(again.exitValue()).isEqualTo(TERMINATED);
    assertThat(Files.readString(log(), StandardCharsets.UTF_8))
        .contains("Cancelled: the process was told to end; ");
    assertThat(finished()).isBetween(before + 1, RUNS);
    assertThat(output().resolve("_temporary").toFile().list()).isEmpty();
    assertThat(output().resolve("_lock").toFile().list()).isEmpty();
  }

  private int finished() {
    return Integer.parseInt(Cli.sql(output(), "SELECT count(DISTINCT run_id) FROM runs").get(0));
  }

  private void awaitCommitted(int packs, Process process) throws Exception {
    while (process.isAlive() && committed() < packs) {
      Thread.sleep(20);
    }
    assertThat(process.isAlive()).as(() -> "it ended early: " + log()).isTrue();
  }

  private long committed() throws IOException {
    Path runs = output().resolve("runs");
    if (!Files.isDirectory(runs)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(runs)) {
      return files.filter(file -> file.getFileName().toString().startsWith("part-")).count();
    }
  }

  private Process start() throws IOException {
    return Cli.start(log(), sweep());
  }
}
