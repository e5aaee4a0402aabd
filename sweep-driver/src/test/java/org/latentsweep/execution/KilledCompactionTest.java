package org.latentsweep.execution;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compaction in its own process, which is killed repeatedly as {@code kill -9} does. */
class KilledCompactionTest {
  private static final int PACKS = 100;
  private static final String SUMS =
      "SELECT count(*), sum(xxhash64(*)) FROM runs UNION ALL"
          + " SELECT count(*), sum(xxhash64(*)) FROM history UNION ALL"
          + " SELECT count(*), sum(xxhash64(*)) FROM samples";

  @TempDir private Path temp;
  private Path out;

  @BeforeEach
  void commit() throws IOException {
    out = temp.resolve("out");
    ManyRuns.commit(ManyRuns.sweep(temp, 4 * PACKS), out, 4);
  }

  @Test
  @Timeout(300)
  void noRowIsLostWhereverCompactionIsKilled() throws IOException, InterruptedException {
    List<String> before = Cli.sql(out, SUMS);
    assertThat(before).hasSize(3).allMatch(sum -> sum.startsWith(4 * PACKS + ","));

    killedWhen("60", () -> files("samples", "merged-") > 0);
    assertThat(Cli.sql(out, SUMS)).isEqualTo(before);
    killedWhen("60", () -> files("runs", "merged-") > 0);
    assertThat(Cli.sql(out, SUMS)).isEqualTo(before);
    killedWhen("0", () -> files("runs", "part-") < PACKS);
    assertThat(Cli.sql(out, SUMS)).isEqualTo(before);

    Cli last = Cli.succeed("compact", out, "--grace", "0", "--format", "csv");
    assertThat(last.out())
        .startsWith("table,files_before,files_after,megabytes_before,megabytes_after\nruns,");
    assertThat(Cli.sql(out, SUMS)).isEqualTo(before);
    for (String table : List.of("runs", "history", "samples")) {
      assertThat(files(table, "part-")).isZero();
      assertThat(files(table, "merged-")).isEqualTo(1);
    }
    assertThat(Cli.succeed("compact", out).err()).isEmpty();
  }

  private void killedWhen(String grace, BooleanSupplier moment)
      throws IOException, InterruptedException {
    Process process =
        OwnProcess.builder(List.of(), "compact", out.toString(), "--grace", grace)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (WatchService changes = out.getFileSystem().newWatchService()) {
      for (String folder : List.of("samples/target=gaussian/latent_dim=1", "runs")) {
        out.resolve(folder).register(changes, ENTRY_CREATE, ENTRY_DELETE);
      }
      while (!moment.getAsBoolean() && process.isAlive()) {
        awaitChange(changes);
      }
    }
    process.destroyForcibly().waitFor();
  }

  /** Waits without polling, which would take a core from the compaction. */
  private static void awaitChange(WatchService changes) throws InterruptedException {
    WatchKey key = changes.poll(100, TimeUnit.MILLISECONDS);
    if (key != null) {
      key.pollEvents();
      key.reset();
    }
  }

  private long files(String table, String prefix) {
    return files(out.resolve(table).toFile(), prefix);
  }

  /**
   * Counts files while some appear and vanish, for which {@link java.nio.file.Files#walk} would
   * fail.
   */
  private static long files(File file, String prefix) {
    File[] inside = file.listFiles();
    return inside == null
        ? file.getName().startsWith(prefix) ? 1 : 0
        : Arrays.stream(inside).mapToLong(entry -> files(entry, prefix)).sum();
  }
}
