package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentsweep.execution.Cli.SMOKE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sweep in a process of its own that is killed as by {@code kill -9}, and started again. */
class KilledSweepTest {
  private static final List<String> SWEEP =
      List.of(
          "run",
          SMOKE.toString(),
          "--set",
          "axes.seed=1..4",
          "--set",
          "run.steps=900",
          "--set",
          "snapshots.every=300");
  private static final int RUNS = 16;
  private static final String BITS =
      "SELECT run_id, step, count(*), sum(xxhash64(i, x, y)) FROM samples GROUP BY 1, 2"
          + " ORDER BY 1, 2";

  @TempDir private Path folder;

  @Test
  @Timeout(240)
  void theRestIsDoneAndEachRunIsThereOnce() throws IOException, InterruptedException {
    Path killed = folder.resolve("killed");
    Process process = start(killed);
    while (packs(killed) < 2 && process.isAlive()) {
      Thread.sleep(20);
    }
    process.destroyForcibly().waitFor();
    int before = Integer.parseInt(Cli.sql(killed, "SELECT count(*) FROM runs").get(0));
    assertThat(before).isPositive().isLessThan(RUNS);

    Cli resumed = Cli.run(arguments(killed));
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains(before + " finished");
    assertThat(Cli.sql(killed, "SELECT count(*), count(DISTINCT run_id) FROM runs"))
        .containsExactly(RUNS + "," + RUNS);
    assertThat(killed.resolve("_temporary").toFile().list()).isNullOrEmpty();

    Path undisturbed = folder.resolve("undisturbed");
    assertThat(Cli.run(arguments(undisturbed)).code()).isZero();
    assertThat(Cli.sql(killed, BITS)).hasSize(3 * RUNS).isEqualTo(Cli.sql(undisturbed, BITS));
  }

  private static Object[] arguments(Path output) {
    return Stream.concat(SWEEP.stream(), Stream.of("--set", "output=" + output)).toArray();
  }

  private static Process start(Path output) throws IOException {
    String[] words = Stream.of(arguments(output)).map(Object::toString).toArray(String[]::new);
    return OwnProcess.builder(List.of(), words)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static long packs(Path output) {
    Path runs = output.resolve("runs");
    if (!Files.isDirectory(runs)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(runs)) {
      return files.filter(file -> file.getFileName().toString().startsWith("part-")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
