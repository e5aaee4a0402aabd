package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single commands on real Spark. */
class SweepTest {
  @TempDir private Path folder;

  @Test
  void theSameRunsGiveTheSameBitsOnOneTwoAndFourThreads() {
    List<List<String>> bits = new ArrayList<>();
    for (int threads : new int[] {1, 2, 4}) {
      Path output = folder.resolve("threads-" + threads);
      Cli cli = Cli.runOn("local[" + threads + "]", Cli.smoke("metrics=[]", "output=" + output));
      assertThat(cli.code()).as(cli.err()).isZero();
      bits.add(SampleBits.of(output));
    }
    assertThat(bits.get(0)).hasSize(16);
    assertThat(bits.get(1)).isEqualTo(bits.get(0));
    assertThat(bits.get(2)).isEqualTo(bits.get(0));
  }

  @Test
  void planRunsNothing() {
    Path output = folder.resolve("p");

    Cli cli = Cli.succeed("plan", Cli.SMOKE, "--set", "output=" + output, "--format", "csv");

    assertThat(cli.out()).startsWith("target,latent_dim,steps,runs,packs,core_hours,megabytes\n");
    assertThat(cli.err())
        .contains("smoke: 8 runs, 0 finished, 0 failed, 8 left", "(measured on this machine)");
    assertThat(output).doesNotExist();
  }

  @Test
  void newSamplesAreDrawnFromAFinishedGenerator() {
    Cli.succeed(
        Cli.smoke(
            "output=" + folder,
            "axes.seed=1",
            "axes.latent-dim=2",
            "axes.target=gaussian",
            "metrics=[]"));
    String run = Cli.sql(folder, "SELECT run_id FROM runs").get(0);
    Object[] sample = {"sample", folder, "--run", run, "-n", "5000", "--format", "csv"};

    Cli drawn = Cli.succeed(sample);
    assertThat(drawn.out()).startsWith("i,x,y\n0,");
    assertThat(drawn.out().lines()).hasSize(5001);
    assertThat(Cli.run(sample).out()).isEqualTo(drawn.out());

    // More samples lie in other tasks.
    Path into = folder.resolve("new samples");
    Object[] more = {"sample", folder, "--run", run, "-n", "20000", "--into", into};
    assertThat(Cli.succeed(more).out()).isEmpty();
    String written = "FROM parquet.`" + into + "`";
    assertThat(Cli.sql(folder, "SELECT i, x, y " + written + " WHERE i < 5000 ORDER BY i"))
        .isEqualTo(drawn.out().lines().skip(1).toList());
    String others =
        "SELECT count(*), count(DISTINCT i), min(run_id), min(target), max(latent_dim) " + written;
    assertThat(Cli.sql(folder, others)).containsExactly("20000,20000," + run + ",gaussian,2");
    Cli again = Cli.run(more);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).startsWith("Cannot write samples to ").contains(": it exists; ");

    Cli missing = Cli.run("sample", folder, "--run", "0123456789abcdef", "-n", "5");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).startsWith("Cannot sample run 0123456789abcdef: ");
  }

  @Test
  void samplesOfOtherProgramsAreScored() throws IOException {
    Path file = folder.resolve("normal.csv");
    StringBuilder csv = new StringBuilder("x,y\n");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      csv.append(random.nextGaussian()).append(',').append(random.nextGaussian()).append('\n');
    }
    Files.writeString(file, csv);

    Cli cli =
        Cli.succeed(
            "score",
            "--target",
            "gaussian",
            "--samples",
            file,
            "--metrics",
            "kl",
            "--format",
            "csv");

    assertThat(cli.out().lines()).hasSize(1 + 18);
    for (String line : cli.out().lines().skip(1).toList()) {
      assertThat(Double.parseDouble(line.split(",")[2])).isBetween(-0.01, 0.01);
    }
  }

  @Test
  void thePartsOfTheAnalysisAreMeasured() {
    Cli cli =
        Cli.succeed("bench", "analyze", "--runs", "12", "--samples", "200", "--format", "csv");

    assertThat(cli.out().lines().map(line -> line.split(",")[0]))
        .containsExactly(
            "part",
            "write samples",
            "read samples",
            "read samples and compute metrics",
            "kl-0.5h",
            "kl-1h",
            "kl-2h",
            "kl-unsmoothed",
            "coverage",
            "compare and summarise");
  }

  /** Asserts that a request is refused with one message. */
  private static void assertRefused(String message, Object... arguments) {
    Cli cli = Cli.run(arguments);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).isEqualTo(message + "\n");
  }

  @Test
  void aFolderOfAnotherProgramIsRefused() throws IOException {
    Files.writeString(folder.resolve("thesis.tex"), "\\begin{document}");

    assertRefused(
        "Cannot use "
            + folder
            + ": it is something else's: there is no _latentsweep.json beside thesis.tex",
        Cli.smoke("output=" + folder));
    assertThat(folder.toFile().list()).containsExactly("thesis.tex");
  }

  @Test
  void aMissingFolderIsRefused() {
    Path none = folder.resolve("none");

    assertRefused("Cannot use " + none + ": there is no such folder", "status", none);
  }

  @Test
  void tooFewSamplesAreRefused() throws IOException {
    Path file = folder.resolve("constant.csv");
    Files.writeString(file, "x,y\n" + "1,2\n".repeat(20));

    assertRefused(
        "Cannot read samples from " + file + ": it holds 20 points, and 50 are needed",
        "score",
        "--target",
        "gaussian",
        "--samples",
        file);
  }

  @Test
  void samplesWithoutACoordinateAreRefused() throws IOException {
    Path file = folder.resolve("bad.csv");
    Files.writeString(file, "x,z\n1,2\n");

    assertRefused(
        "Cannot read samples from " + file + ": it has no column y; its columns are x, z",
        "score",
        "--target",
        "gaussian",
        "--samples",
        file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status a:b | Cannot use 'a:b': it is neither a path nor a URI",
        "status nope://b/x | Cannot use nope://b/x: Hadoop knows no file system nope",
        "status s3a://b/x | Cannot use s3a://b/x: Hadoop's library for s3a is not on the class path",
        "status ~/x | Cannot use ~/x: ~ and ${...} are not replaced here; write out the folder's path",
        "report ${HOME}/x | Cannot use ${HOME}/x: ~ and ${...} are not replaced here; write out the folder's path",
      })
  void aFolderThatNobodyCanReadIsRefused(String arguments, String message) {
    assertRefused(message, (Object[]) arguments.split(" "));
  }
}
