package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A long run in its own process, which is killed as {@code kill -9} does and started again. */
class ResumedRunTest {
  @TempDir private Path folder;

  private static Object[] sweep(Path output) {
    return Cli.smoke(
        "output=" + output,
        "axes.target=spiral",
        "axes.latent-dim=2",
        "axes.seed=1",
        "run.steps=8000",
        "run.batch=128",
        "run.generator.widths=[32,32]",
        "run.discriminator.widths=[32,32]",
        "snapshots.every=500",
        "checkpoint.every=600",
        "metrics=[]");
  }

  /** Starts the sweep, and kills it once it has written a checkpoint. */
  private void startAndKill(Path output) throws IOException, InterruptedException {
    Process process = Cli.start(folder.resolve("log"), sweep(output));
    try {
      while (process.isAlive() && checkpoints(output).isEmpty()) {
        Thread.sleep(5);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  @Timeout(240)
  void aKilledRunContinuesFromItsLastCheckpointWithTheSameBits()
      throws IOException, InterruptedException {
    Path killed = folder.resolve("killed");
    startAndKill(killed);
    Instant killedAt = Instant.now();
    assertThat(checkpoints(killed)).singleElement().asString().endsWith(".checkpoint");

    Cli.succeed(sweep(killed));

    // Only the checkpoint knows when the run was first started.
    assertThat(
            Cli.sql(
                killed,
                "SELECT outcome, started_at < timestamp'%s', finished_at > timestamp'%s' FROM runs"
                    .formatted(killedAt, killedAt)))
        .containsExactly("completed,true,true");
    assertThat(checkpoints(killed)).isEmpty();
    assertThat(killed.resolve("_temporary").toFile().list()).isNullOrEmpty();
    assertSameFiles(killed);
  }

  /** Asserts that a sweep that was not killed writes the same bytes. */
  private void assertSameFiles(Path killed) throws IOException {
    Path undisturbed = folder.resolve("undisturbed");
    Cli.succeed(sweep(undisturbed));
    for (String table : List.of("history", "samples")) {
      Path rows = file(undisturbed.resolve(table));
      assertThat(killed.resolve(undisturbed.relativize(rows))).hasSameBinaryContentAs(rows);
    }
  }

  /** Returns the only file with rows in a table of one pack. */
  private static Path file(Path table) throws IOException {
    try (Stream<Path> files = Files.walk(table)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static List<String> checkpoints(Path output) {
    String[] names = output.resolve("_checkpoints").toFile().list();
    return names == null ? List.of() : List.of(names);
  }
}
