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
 * A sweep of {@value #RUNS} runs that takes some seconds on two cores, and what must be true of its
 * output folder whatever happens to it on the way.
 *
 * @param output the folder
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

  /** Two sets of samples, and a row each of history, generators and runs. */
  static final int ROWS_OF_RUN = 5;

  /** What starts the sweep and, later, does the rest of it. */
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

  /** How many packs are committed. */
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
    } catch (NoSuchFileException e) { // deleted just now
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until each of two executors trains its first pack. */
  void awaitStarted(Submission submission) {
    submission.process().await("two packs in flight", () -> inFlight() == 2);
  }

  private int inFlight() {
    // the driver's own folders have other names
    return count(output.resolve("_temporary"), Pattern.compile("\\p{XDigit}{16}-.*"));
  }

  /** Waits until some packs are committed. */
  void awaitCommitted(int packs, Submission submission) {
    submission.process().await(packs + " packs committed", () -> committed() >= packs);
  }

  /** How many packs the sweep has, as it says when it starts. */
  int packs(Submission submission) {
    return Integer.parseInt(submission.process().await(PACKS).group(1));
  }

  /** How many runs exist. */
  int finished() {
    return Integer.parseInt(Cli.sql(output, "SELECT count(DISTINCT run_id) FROM runs").get(0));
  }

  /** Hashes of what is a function of the runs' ids, {@value #ROWS_OF_RUN} rows of each run. */
  List<String> bits() {
    return Cli.sql(output, BITS);
  }

  /** The same of the sweep in this process, where nothing disturbs it. */
  static List<String> undisturbed() {
    return Undisturbed.BITS;
  }

  /** Done once. */
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

  /** The next start finds nothing to do and tidies up; every run is there once, the same bits. */
  void assertWhole() {
    Cli next = Cli.run(run());
    assertThat(next.code()).as(next.err()).isZero();
    assertThat(next.err()).contains(RUNS + " finished, 0 failed, 0 left");
    assertThat(output.resolve("_temporary").toFile().list()).isNullOrEmpty();
    assertThat(bits()).containsExactlyElementsOf(undisturbed());
  }
}
