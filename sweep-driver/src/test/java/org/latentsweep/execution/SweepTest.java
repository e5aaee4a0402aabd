package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentsweep.execution.Cli.SMOKE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole sweeps on real Spark, as the command line starts them. */
class SweepTest {
  private static final String BITS =
      "SELECT run_id, step, count(*) AS n, sum(xxhash64(i, x, y)) AS bits FROM samples"
          + " GROUP BY run_id, step ORDER BY run_id, step";

  @TempDir private Path folder;

  private String output(String name) {
    return "output=" + folder.resolve(name);
  }

  @Test
  void aSweepIsTrainedScoredAndSummarised() throws IOException {
    Cli first = Cli.run("run", SMOKE, "--set", output("a"));
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("smoke: 8 runs, 0 finished, 0 failed, 8 left", "8/8 runs");
    assertThat(first.out().lines().toList().get(0))
        .matches("target +k +runs +diverged +failed +kl_forward +floor +kl_reverse +floor.*");
    assertThat(first.out().lines()).hasSizeGreaterThanOrEqualTo(1 + 4 + 1 + 1 + 1 + 4);
    assertThat(first.out()).contains("target    k  diagnosis\ngaussian  1  KL_h ");

    Path a = folder.resolve("a");
    assertThat(Cli.sql(a, "SELECT outcome, count(*), count(DISTINCT run_id) FROM runs GROUP BY 1"))
        .containsExactly("completed,8,8");
    assertThat(Cli.sql(a, "SELECT count(*), count(DISTINCT run_id, step) FROM history"))
        .containsExactly("160,160");
    assertThat(
            Cli.sql(
                a,
                "SELECT step, count(*), count(DISTINCT run_id) FROM samples GROUP BY 1 ORDER BY 1"))
        .containsExactly("10,4000,8", "20,16000,8");
    assertThat(Cli.sql(a, "SELECT count(*), count(DISTINCT run_id) FROM generators"))
        .containsExactly("8,8");
    assertThat(
            Cli.sql(
                a,
                "SELECT step, count(*), count(DISTINCT run_id, metric, bandwidth) FROM metrics"
                    + " GROUP BY 1 ORDER BY 1"))
        .containsExactly("10,120,104", "20,120,104");
    assertThat(Cli.sql(a, "SELECT count(*) FROM summary")).containsExactly("60");
    assertThat(Cli.sql(a, "SELECT differs, a, b, test, count(*) FROM comparisons GROUP BY ALL"))
        .containsExactly("latent_dim,1,2,paired-t,30");
    assertThat(Cli.run("status", a, "--format", "csv").out())
        .isEqualTo("completed,diverged,failed,left,packs_running,damaged_files\n8,0,0,0,0,0\n");

    for (String query : documentedQueries()) {
      Cli answer = Cli.run("sql", a, query);
      assertThat(answer.code()).as(query + answer.err()).isZero();
    }

    Cli again = Cli.run("run", SMOKE, "--set", output("a"));
    assertThat(again.code()).isZero();
    assertThat(again.err())
        .contains("8 finished, 0 failed, 0 left in 0 packs; about 0.00 core-hours, 0 s on");
    assertThat(again.out()).isEqualTo(first.out());

    assertThat(Cli.run("analyze", a, "--metrics", "mapping").code()).isZero();
    assertThat(
            Cli.sql(
                a,
                "SELECT latent_dim, metric, count(*), count(value) FROM metrics JOIN runs"
                    + " USING (run_id) WHERE metric != 'js' AND metric NOT LIKE 'kl%' GROUP BY 1, 2 ORDER BY 1, 2"))
        .containsExactly(
            "1,lipschitz_max,4,4",
            "1,neighbour_preservation,4,4",
            "1,tear,4,4",
            "1,thinness,4,4",
            "2,fold,4,4",
            "2,lipschitz_max,4,4",
            "2,neighbour_preservation,4,4",
            "2,tear,4,4",
            "2,thinness,4,4");

    List<String> before = Cli.sql(a, BITS);
    Cli grown = Cli.run("run", SMOKE, "--set", output("a"), "--set", "axes.seed=1..3");
    assertThat(grown.code()).isZero();
    assertThat(grown.err())
        .contains("4 left in", "core-hours (from 8 finished runs)", "12/12 runs");
    assertThat(Cli.sql(a, BITS)).hasSize(24).containsAll(before);
  }

  private static List<String> documentedQueries() throws IOException {
    String document = Files.readString(Path.of("../docs/sql.md"));
    List<String> queries =
        Stream.of(document.split("\n\n")).filter(text -> text.startsWith("    SELECT")).toList();
    assertThat(queries).hasSize(6);
    return queries;
  }

  @Test
  void theSameRunsGiveTheSameBitsOnOneTwoAndFourThreads() {
    List<List<String>> bits = new ArrayList<>();
    for (int threads : new int[] {1, 2, 4}) {
      String name = "threads-" + threads;
      Cli cli =
          Cli.runOn(
              "local[" + threads + "]", "run", SMOKE, "--set", "metrics=[]", "--set", output(name));
      assertThat(cli.code()).as(cli.err()).isZero();
      bits.add(Cli.sql(folder.resolve(name), BITS));
    }
    assertThat(bits.get(0)).hasSize(16);
    assertThat(bits.get(1)).isEqualTo(bits.get(0));
    assertThat(bits.get(2)).isEqualTo(bits.get(0));
  }

  @Test
  void damagedFilesAreSetAsideAndTheirRunsDoneAgain() throws IOException {
    Path folder = this.folder.resolve("d");
    Object[] sweep = {
      "run",
      SMOKE,
      "--set",
      "metrics=[coverage]",
      "--set",
      "axes.target=gaussian",
      "--set",
      output("d")
    };
    assertThat(Cli.run(sweep).code()).isZero();
    List<String> bits = Cli.sql(folder, BITS);
    List<Path> runs = parts(folder.resolve("runs"));
    Files.write(runs.get(0), new byte[0]);
    Path history = folder.resolve("history").resolve(runs.get(1).getFileName());
    Files.write(history, Arrays.copyOf(Files.readAllBytes(history), 1000));
    Path metrics = parts(folder.resolve("metrics")).get(0);
    Files.writeString(metrics, "no Parquet at all");
    Path summary = folder.resolve("summary/summary.parquet");
    Files.writeString(summary, "");

    Cli query = Cli.run("sql", folder, "SELECT * FROM runs");
    assertThat(query.code()).isEqualTo(2);
    assertThat(query.err())
        .startsWith("Cannot use " + folder + ": damaged files, which run and analyze set aside: ");
    assertThat(Cli.run("status", folder, "--format", "csv").out()).endsWith(",4\n");

    Cli mended = Cli.run(sweep);
    assertThat(mended.code()).as(mended.err()).isZero();
    assertThat(Cli.sql(folder, BITS)).isEqualTo(bits);
    assertThat(Cli.sql(folder, "SELECT count(*), count(DISTINCT run_id) FROM runs"))
        .containsExactly("4,4");
    try (Stream<Path> aside = Files.walk(folder.resolve("_damaged"))) {
      assertThat(aside.filter(Files::isRegularFile).map(Path::getFileName))
          .contains(
              runs.get(0).getFileName(),
              history.getFileName(),
              metrics.getFileName(),
              summary.getFileName());
    }
  }

  @Test
  void samplesThatTurnOutDamagedAreSetAsideAndTheirRunsDoneAgain() throws IOException {
    Path folder = this.folder.resolve("n");
    Object[] sweep = {"run", SMOKE, "--set", "axes.target=gaussian", "--set", output("n"), "--set"};
    assertThat(Cli.run(with(sweep, "metrics=[]")).code()).isZero();
    List<String> bits = Cli.sql(folder, BITS);
    Path samples;
    try (Stream<Path> files = Files.walk(folder.resolve("samples"))) {
      samples =
          files
              .filter(file -> file.getFileName().toString().startsWith("part-"))
              .findFirst()
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(samples);
    Arrays.fill(bytes, 4, 1000, (byte) 0x55);
    Files.write(samples, bytes);

    Cli analysis = Cli.run("analyze", folder, "--metrics", "coverage");
    assertThat(analysis.code()).as(analysis.err()).isZero();
    assertThat(samples).doesNotExist();
    assertThat(Cli.sql(folder, BITS)).hasSizeLessThan(bits.size()).isSubsetOf(bits);

    Cli mended = Cli.run(with(sweep, "metrics=[coverage]"));
    assertThat(mended.code()).as(mended.err()).isZero();
    assertThat(Cli.sql(folder, BITS)).isEqualTo(bits);
    assertThat(Cli.sql(folder, "SELECT outcome, count(DISTINCT run_id) FROM metrics GROUP BY 1"))
        .containsExactly("measured,4");
  }

  private static List<Path> parts(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .sorted()
          .toList();
    }
  }

  @Test
  void aRetriedAttemptGivesTheSameBits() {
    Object[] sweep = {
      "run",
      SMOKE,
      "--set",
      "axes.target=[flaky]",
      "--set",
      "axes.latent-dim=1",
      "--set",
      "metrics=[]",
      "--set"
    };
    System.setProperty("flaky.mended", "yes");
    try {
      assertThat(Cli.run(with(sweep, output("r1"))).code()).isZero();
      System.setProperty("flaky.breaks", "once");
      Cli retried = Cli.runOn("local[2,2]", with(sweep, output("r2")));
      assertThat(System.getProperty("flaky.breaks")).isNull();
      assertThat(retried.code()).as(retried.err()).isZero();
    } finally {
      System.clearProperty("flaky.mended");
      System.clearProperty("flaky.breaks");
    }
    Path r2 = folder.resolve("r2");
    assertThat(Cli.sql(r2, "SELECT count(*) FROM runs WHERE attempt LIKE '% attempt 1'"))
        .doesNotContain("0");
    assertThat(Cli.sql(r2, BITS)).hasSize(4).isEqualTo(Cli.sql(folder.resolve("r1"), BITS));
  }

  private static Object[] with(Object[] arguments, Object last) {
    return Stream.concat(Stream.of(arguments), Stream.of(last)).toArray();
  }

  @Test
  void aHugeLearningRateDivergesAndTheSweepCompletes() {
    // five hidden layers, as published: with two, single precision never overflows
    Cli cli =
        Cli.run(
            "run",
            SMOKE,
            "--set",
            output("d"),
            "--set",
            "run.discriminator.widths=[16,16,16,16,16]",
            "--set",
            "axes.discriminator.learning-rate=[1e-3,1e10]",
            "--set",
            "axes.seed=1",
            "--set",
            "axes.target=spiral");
    assertThat(cli.code()).as(cli.err()).isZero();
    Path d = folder.resolve("d");
    assertThat(
            Cli.sql(
                d,
                "SELECT outcome, diverged_at > 0, message IS NULL, count(*) FROM runs GROUP BY ALL"
                    + " ORDER BY 1"))
        .containsExactly("completed,,true,2", "diverged,true,true,2");
    assertThat(Cli.sql(d, "SELECT sum(runs), sum(diverged) FROM summary WHERE metric = 'kl_mean'"))
        .containsExactly("2,2");
    assertThat(
            Cli.sql(
                d,
                "SELECT count(*) FROM generators JOIN runs USING (run_id) WHERE outcome <>"
                    + " 'completed'"))
        .containsExactly("0");
  }

  @Test
  void runsThatThrowAreRecordedAndTriedAgainOnRequest() {
    Object[] arguments = {
      "run",
      SMOKE,
      "--set",
      output("f"),
      "--set",
      "axes.target=[flaky]",
      "--set",
      "axes.seed=1..6",
      "--set",
      "axes.latent-dim=1",
      "--set",
      "run.steps=4",
      "--set",
      "snapshots.every=0",
      "--set",
      "metrics=[]"
    };
    Cli first = Cli.run(arguments);
    assertThat(first.code()).as(first.err()).isEqualTo(1);
    Path f = folder.resolve("f");
    List<String> outcomes =
        Cli.sql(f, "SELECT outcome, message, count(*) FROM runs GROUP BY ALL ORDER BY 1");
    assertThat(outcomes).hasSize(2);
    assertThat(outcomes.get(0)).startsWith("completed,,");
    assertThat(outcomes.get(1))
        .startsWith("failed,java.lang.IllegalStateException: Cannot sample: this target is flaky,");

    Cli again = Cli.run(arguments);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains(" 0 left");

    System.setProperty("flaky.mended", "yes");
    try {
      List<Object> retry = new ArrayList<>(List.of(arguments));
      retry.add("--retry-failed");
      assertThat(Cli.run(retry.toArray()).code()).isZero();
    } finally {
      System.clearProperty("flaky.mended");
    }
    assertThat(Cli.sql(f, "SELECT outcome, count(*), count(DISTINCT run_id) FROM runs GROUP BY 1"))
        .containsExactly("completed,6,6");
  }

  @Test
  void planRunsNothing() {
    Cli cli = Cli.run("plan", SMOKE, "--set", output("p"), "--format", "csv");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).startsWith("target,latent_dim,steps,runs,packs,core_hours,megabytes\n");
    assertThat(cli.err())
        .contains("smoke: 8 runs, 0 finished, 0 failed, 8 left", "(measured on this machine)");
    assertThat(folder.resolve("p")).doesNotExist();
  }

  @Test
  void newSamplesAreDrawnFromAFinishedGenerator() {
    Cli trained =
        Cli.run(
            "run",
            SMOKE,
            "--set",
            output("s"),
            "--set",
            "axes.seed=1",
            "--set",
            "axes.latent-dim=2",
            "--set",
            "axes.target=gaussian",
            "--set",
            "metrics=[]");
    assertThat(trained.code()).as(trained.err()).isZero();
    Path s = folder.resolve("s");
    String run = Cli.sql(s, "SELECT run_id FROM runs").get(0);
    Cli drawn = Cli.run("sample", s, "--run", run, "-n", "5000", "--format", "csv");
    assertThat(drawn.code()).as(drawn.err()).isZero();
    assertThat(drawn.out()).startsWith("i,x,y\n0,");
    assertThat(drawn.out().lines()).hasSize(5001);
    assertThat(Cli.run("sample", s, "--run", run, "-n", "5000", "--format", "csv").out())
        .isEqualTo(drawn.out());
    Cli missing = Cli.run("sample", s, "--run", "0123456789abcdef", "-n", "5");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).startsWith("Cannot sample run 0123456789abcdef: ");
  }

  @Test
  void samplesFromElsewhereAreScored() throws IOException {
    Path file = folder.resolve("normal.csv");
    StringBuilder csv = new StringBuilder("x,y\n");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      csv.append(random.nextGaussian()).append(',').append(random.nextGaussian()).append('\n');
    }
    Files.writeString(file, csv);
    Cli cli =
        Cli.run(
            "score",
            "--target",
            "gaussian",
            "--samples",
            file,
            "--metrics",
            "kl",
            "--format",
            "csv");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out().lines()).hasSize(1 + 15);
    for (String line : cli.out().lines().skip(1).toList()) {
      assertThat(Double.parseDouble(line.split(",")[2])).isBetween(-0.01, 0.01);
    }
  }

  @Test
  void analysisIsMeasuredByItsParts() {
    Cli cli = Cli.run("bench", "analyze", "--runs", "12", "--samples", "200", "--format", "csv");
    assertThat(cli.code()).as(cli.err()).isZero();
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

  @Test
  void whatCannotBeDoneIsOneMessageAndTheRightExitCode() throws IOException {
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.tex"), "\\begin{document}");
    Cli cli = Cli.run("run", SMOKE, "--set", "output=" + foreign);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err())
        .isEqualTo(
            "Cannot use "
                + foreign
                + ": it is something else's: there is no _latentsweep.json beside thesis.tex\n");
    assertThat(foreign.toFile().list()).containsExactly("thesis.tex");

    Cli none = Cli.run("status", folder.resolve("none"));
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err())
        .isEqualTo("Cannot use " + folder.resolve("none") + ": there is no such folder\n");

    Path constant = folder.resolve("constant.csv");
    Files.writeString(constant, "x,y\n" + "1,2\n".repeat(20));
    Cli few = Cli.run("score", "--target", "gaussian", "--samples", constant);
    assertThat(few.code()).isEqualTo(2);
    assertThat(few.out()).isEmpty();
    assertThat(few.err())
        .isEqualTo(
            "Cannot read samples from " + constant + ": it holds 20 points, and 50 are needed\n");

    Path bad = folder.resolve("bad.csv");
    Files.writeString(bad, "x,z\n1,2\n");
    Cli score = Cli.run("score", "--target", "gaussian", "--samples", bad);
    assertThat(score.code()).isEqualTo(2);
    assertThat(score.err())
        .isEqualTo(
            "Cannot read samples from " + bad + ": it has no column y; its columns are x, z\n");
  }
}
