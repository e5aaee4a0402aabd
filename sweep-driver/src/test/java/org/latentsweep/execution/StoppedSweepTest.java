package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep in its own process, which {@code status --cancel} stops, and which is started again and
 * stopped by SIGTERM.
 */
class StoppedSweepTest {
  private static final int SECONDS = 60;
  private static final int RUNS = 24;
  private static final int TERMINATED = 128 + 15; // the exit code after SIGTERM in a shell

  @TempDir private static Path folder;

  private static Path output;
  private static long pid; // of the process that is cancelled
  private static Cli second;
  private static Cli analysis;
  private static Cli cancellation;
  private static Stopped cancelled;
  private static Stopped terminated;

  /** What a process left when it was stopped. */
  private record Stopped(
      int exitValue,
      String log,
      String events,
      int finished,
      List<String> temporary,
      List<String> lock) {
    static Stopped of(Process process) throws IOException {
      return new Stopped(
          process.exitValue(),
          Files.readString(folder.resolve("log")),
          Files.readString(output.resolve("events.jsonl")),
          Integer.parseInt(Cli.sql(output, "SELECT count(DISTINCT run_id) FROM runs").get(0)),
          List.of(output.resolve("_temporary").toFile().list()),
          List.of(output.resolve("_lock").toFile().list()));
    }
  }

  @BeforeAll
  @Timeout(240)
  static void stopTwice() throws Exception {
    output = folder.resolve("sweep");
    cancelled = stop(1, StoppedSweepTest::cancel);
    terminated = stop(cancelled.finished() + 1, Process::destroy); // SIGTERM
  }

  private interface Stop {
    void send(Process process);
  }

  /** Starts the sweep, and stops it once some packs are committed. */
  private static Stopped stop(int packs, Stop stop) throws Exception {
    Process process = Cli.start(folder.resolve("log"), sweep());
    try {
      awaitCommitted(packs, process);
      stop.send(process);
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
      return Stopped.of(process);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void cancel(Process process) {
    pid = process.pid();
    second = Cli.run(sweep());
    analysis = Cli.run("analyze", output);
    cancellation = Cli.run("status", output, "--cancel", "--format", "csv");
  }

  private static Object[] sweep() {
    return Cli.smoke(
        "output=" + output, "run.steps=6000", "axes.seed=1..6", "run.batch=256", "metrics=[]");
  }

  private static void awaitCommitted(int packs, Process process) throws Exception {
    while (process.isAlive() && committed() < packs) {
      Thread.sleep(20);
    }
    assertThat(process.isAlive()).as(() -> "it ended early: " + folder.resolve("log")).isTrue();
  }

  private static long committed() throws IOException {
    Path runs = output.resolve("runs");
    if (!Files.isDirectory(runs)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(runs)) {
      return files.filter(file -> file.getFileName().toString().startsWith("part-")).count();
    }
  }

  @Test
  void otherProcessesCannotWriteToTheFolder() {
    assertThat(second.code()).isEqualTo(2);
    assertThat(second.err())
        .startsWith(
            "Cannot write to %s: latentsweep run has it, process %d on ".formatted(output, pid));
    assertThat(analysis.code()).isEqualTo(2);
  }

  @Test
  void aCancelledSweepEndsWithItsReason() {
    assertThat(cancellation.code()).as(cancellation.err()).isZero();
    assertThat(cancelled.exitValue()).isEqualTo(1);
    assertThat(cancelled.log())
        .contains("Cancelled: it was cancelled; what was finished is kept, run again to go on");
    assertThat(cancelled.events())
        .contains("\"sweep_failed\",\"reason\":\"Cancelled: it was cancelled; ");
  }

  @Test
  void aCancelledSweepKeepsItsFinishedRunsAndNothingElse() {
    assertThat(cancelled.finished()).isBetween(1, RUNS - 1);
    assertThat(cancelled.temporary()).isEmpty();
    assertThat(cancelled.lock()).isEmpty();
  }

  @Test
  void aTerminatedSweepEndsWithItsReason() {
    assertThat(terminated.exitValue()).isEqualTo(TERMINATED);
    assertThat(terminated.log()).contains("Cancelled: the process was told to end; ");
  }

  @Test
  void aSweepContinuesAndKeepsItsFinishedRunsWhenItIsTerminated() {
    assertThat(terminated.finished()).isBetween(cancelled.finished() + 1, RUNS);
    assertThat(terminated.temporary()).isEmpty();
    assertThat(terminated.lock()).isEmpty();
  }

  @Test
  void aFolderToWhichNoProcessWritesCannotBeCancelled() {
    assertThat(Cli.run("status", output, "--cancel").err())
        .startsWith("Cannot cancel: no latentsweep writes to " + output);
  }
}
