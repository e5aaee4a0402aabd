package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentsweep.execution.Cli.SMOKE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;

/**
 * A sweep of {@value #RUNS} runs that takes some seconds on two cores, and assertions that hold for
 * its output folder whatever happens during the sweep.
 *
 * @param output the output folder
 */
record ClusterSweep(Path output) {
  static final int RUNS = 16;

  private static final Pattern PACKS = Pattern.compile(" left in (\\d+) packs");

  private static final String BITS =
      """
      SELECT run_id, step, count(*), sum(xxhash64(i, x, y)) FROM samples GROUP BY 1, 2
      UNION ALL
      SELECT run_id, -1, count(*), sum(xxhash64(step, d_loss, d_accuracy, g_loss, g_accuracy))
      FROM history GROUP BY 1
      UNION ALL
      SELECT run_id, -2, count(*), sum(xxhash64(step, archive)) FROM generators GROUP BY 1
      UNION ALL
      SELECT run_id, -3, count(*), sum(xxhash64(outcome, d_loss, g_loss)) FROM runs GROUP BY 1
      ORDER BY 1, 2
      """;

  /** Rows of {@link #BITS} for a run: two sets of samples, history, generator and run. */
  static final int ROWS_OF_RUN = 5;

  /** Returns the arguments that start or continue the sweep. */
  Object[] run(String... more) {
    List<String> arguments =
        List.of(
            "run",
            "--no-report",
            SMOKE.toAbsolutePath().normalize().toString(),
            "--set",
            "output=" + output,
            "--set",
            "axes.seed=1..4",
            "--set",
            "run.steps=100",
            "--set",
            "snapshots.every=50",
            "--set",
            "metrics=[]");
    return Stream.concat(arguments.stream(), Stream.of(more)).toArray();
  }

  /** Returns the number of packs that are committed. */
  int committed() {
    return count(output.resolve("runs"), Pattern.compile("part-.*"));
  }

  private static int count(Path folder, Pattern name) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return (int)
          files.filter(file -> name.matcher(file.getFileName().toString()).matches()).count();
    } catch (NoSuchFileException e) { // deleted meanwhile
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until both executors train their first packs. */
  void awaitStarted(Submission submission) {
    submission.process().await("two packs in flight", () -> inFlight() == 2);
  }

  private int inFlight() {
    // folders of the driver have other names
    return count(output.resolve("_temporary"), Pattern.compile("\\p{XDigit}{16}-.*"));
  }

  /** Waits until some packs are committed. */
  void awaitCommitted(int packs, Submission submission) {
    submission.process().await(packs + " packs committed", () -> committed() >= packs);
  }

  /** Returns the number of packs that the sweep prints when it starts. */
  int packs(Submission submission) {
    return Integer.parseInt(submission.process().await(PACKS).group(1));
  }

  /** Returns the number of runs in the table. */
  int finished() {
    return Integer.parseInt(Cli.sql(output, "SELECT count(DISTINCT run_id) FROM runs").get(0));
  }

  /** Returns hashes of everything that the ids of the runs determine. */
  List<String> bits() {
    return Cli.sql(output, BITS);
  }

  /** Returns the same hashes of a sweep in this process, which nothing disturbs. */
  static List<String> undisturbed() {
    return Undisturbed.BITS;
  }

  /** Is computed once. */
  private static final class Undisturbed {
    static final List<String> BITS = compute();

    private static List<String> compute() {
      Path folder = Path.of("target", "undisturbed").toAbsolutePath();
      FileUtil.fullyDelete(folder.toFile());
      ClusterSweep sweep = new ClusterSweep(folder);
      Cli cli = Cli.run(sweep.run());
      assertThat(cli.code()).as(cli.err()).isZero();
      List<String> bits = sweep.bits();
      assertThat(bits).hasSize(RUNS * ROWS_OF_RUN);
      return bits;
    }
  }

  /** Asserts that nothing is left to do, and that every run is there once with the right bits. */
  void assertWhole() {
    Cli next = Cli.run(run());
    assertThat(next.code()).as(next.err()).isZero();
    assertThat(next.err()).contains(RUNS + " finished, 0 failed, 0 left");
    assertThat(output.resolve("_temporary").toFile().list()).isNullOrEmpty();
    assertThat(bits()).containsExactlyElementsOf(undisturbed());
  }
}
