package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output folders with damaged files, which are set aside while the lost runs are repeated. */
class DamagedSweepTest {
  @TempDir private Path folder;

  private Cli sweep(String metrics) {
    return Cli.succeed(Cli.smoke("axes.target=gaussian", "output=" + folder, metrics));
  }

  private static List<Path> parts(Path table) throws IOException {
    try (Stream<Path> files = Files.walk(table)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .sorted()
          .toList();
    }
  }

  /** Damages a file of four tables, and returns the files. */
  private List<Path> damage() throws IOException {
    List<Path> runs = parts(folder.resolve("runs"));
    Files.write(runs.get(0), new byte[0]);
    Path history = folder.resolve("history").resolve(runs.get(1).getFileName());
    Files.write(history, Arrays.copyOf(Files.readAllBytes(history), 1000));
    Path metrics = parts(folder.resolve("metrics")).get(0);
    Files.writeString(metrics, "no Parquet at all");
    Path summary = folder.resolve("summary/summary.parquet");
    Files.writeString(summary, "");
    return List.of(runs.get(0), history, metrics, summary);
  }

  @Test
  void damagedFilesAreReportedAndThenSetAsideByRun() throws IOException {
    sweep("metrics=[coverage]");
    List<String> bits = SampleBits.of(folder);
    List<Path> damaged = damage();

    Cli query = Cli.run("sql", folder, "SELECT * FROM runs");
    assertThat(query.code()).isEqualTo(2);
    assertThat(query.err())
        .startsWith("Cannot use " + folder + ": damaged files, which run and analyze set aside: ");
    assertThat(Cli.run("status", folder, "--format", "csv").out()).endsWith(",4\n");

    sweep("metrics=[coverage]");
    assertThat(SampleBits.of(folder)).isEqualTo(bits);
    assertThat(Cli.sql(folder, "SELECT count(*), count(DISTINCT run_id) FROM runs"))
        .containsExactly("4,4");
    try (Stream<Path> aside = Files.walk(folder.resolve("_damaged"))) {
      assertThat(aside.filter(Files::isRegularFile).map(Path::getFileName))
          .containsAll(damaged.stream().map(Path::getFileName).toList());
    }
  }

  @Test
  void runsWithoutAFileOfTheirDetailsAreTrainedAgain() throws IOException {
    sweep("metrics=[]");
    List<String> bits = SampleBits.of(folder);
    for (String table : List.of("samples", "history", "generators")) {
      Path lost = parts(folder.resolve(table)).get(0);
      Files.delete(lost);

      Cli query = Cli.run("sql", folder, "SELECT * FROM runs");
      assertThat(query.code()).isEqualTo(2);
      assertThat(query.err()).contains("damaged files", lost.getFileName().toString());

      sweep("metrics=[]");
      assertThat(lost).exists();
      assertThat(SampleBits.of(folder)).isEqualTo(bits);
      assertThat(Cli.sql(folder, "SELECT count(*) FROM history")).containsExactly("80");
      assertThat(Cli.sql(folder, "SELECT count(*) FROM generators")).containsExactly("4");
    }
  }

  @Test
  void samplesThatCannotBeReadAreSetAsideByAnalyzeAndTrainedAgain() throws IOException {
    sweep("metrics=[]");
    List<String> bits = SampleBits.of(folder);
    Path samples = parts(folder.resolve("samples")).get(0);
    byte[] bytes = Files.readAllBytes(samples);
    Arrays.fill(bytes, 4, 1000, (byte) 0x55);
    Files.write(samples, bytes);

    Cli.succeed("analyze", folder, "--metrics", "coverage");
    assertThat(samples).doesNotExist();
    assertThat(SampleBits.of(folder)).hasSizeLessThan(bits.size()).isSubsetOf(bits);

    sweep("metrics=[coverage]");
    assertThat(SampleBits.of(folder)).isEqualTo(bits);
    assertThat(Cli.sql(folder, "SELECT outcome, count(DISTINCT run_id) FROM metrics GROUP BY 1"))
        .containsExactly("measured,4");
  }
}
