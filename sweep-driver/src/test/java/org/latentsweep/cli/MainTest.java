package org.latentsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.run.RunId;
import org.latentsweep.sweep.PrintableText;

class MainTest {
  private static final String SUMMARY =
      """
      target  k  diverged  failed  kl_forward                                   floor  kl_reverse    floor
      spiral  1         0       1  0.500 [0.250, 0.750] worst infinite, 3 of 4  0.063  12.0, 1 of 2  0.063
      spiral  2         0       1
      KL_h in nats: median over seeds [interval that holds it with a confidence of 87.5% for 4 runs], \
      worst run, runs with a finite value of all (a run that diverged or failed counts as infinite); \
      kl_skew is at most 4.61; floor: what the target itself gets

      target  k  diagnosis
      spiral  1  covers 62% of the target, 3% stray; map torn in 4% of the latent square; KL_h 0.50 forward (missing
                   mass), 0.05 reverse; 1 of 4 runs failed
      """;
  private static final String SMOKE = Path.of("..", "conf", "sweeps", "smoke.conf").toString();
  private static final String ANSWER = "answer\n    42\n";

  private final RecordedEngine engine = new RecordedEngine();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    return Main.execute(() -> engine, new PrintWriter(out), new PrintWriter(err), arguments);
  }

  private void failFirstSmokeRun() {
    engine.failed(SweepArguments.parser().parse(Path.of(SMOKE), List.of()).runs().get(0).id());
  }

  @Test
  void planShowsWhatWouldRun() {
    assertThat(execute("plan", SMOKE)).isZero();

    assertThat(out.toString())
        .isEqualTo(
            """
            target    latent_dim  steps  runs  packs  core_hours  megabytes
            gaussian           1     20     2      2        0.02    0.04834
            gaussian           2     20     2      2        0.02    0.04847
            spiral             1     20     2      2        0.02    0.04834
            spiral             2     20     2      2        0.02    0.04847
            smoke: 8 runs, 0 finished, 0 failed, 8 left in 8 packs; about 2 min 24 s to 6 min 0 s of one core \
            (fixed by the test), 1 min 12 s to 3 min 0 s on 2 slots, 0.2 MB in results/smoke
            gaussian, spiral: no test of a difference is possible; it takes two cells with three seeds each
            """);
    assertThat(err.toString()).isEmpty();
    assertThat(engine.asked).isEmpty();
    assertThat(engine.closed).isTrue();
  }

  @Test
  void planSaysWhatTheSeedsResolve() {
    execute("plan", SMOKE, "--set", "axes.seed=1..3");
    engine.logDeviation = 0.2;
    execute("plan", SMOKE, "--set", "axes.seed=1..12");

    assertThat(out.toString().lines().filter(line -> line.contains("find a ratio")))
        .containsExactly(
            "gaussian, spiral: 3 seeds for each of 2 cells find a ratio of 3.37 between two cells' KL_h"
                + " with 80% probability (5% level, Holm's correction over 1 comparison; log KL_h has"
                + " a standard deviation of 0.40 over seeds, a guess)",
            "gaussian, spiral: 12 seeds for each of 2 cells find a ratio of 1.27 between two cells'"
                + " KL_h with 80% probability (5% level, Holm's correction over 1 comparison; log KL_h"
                + " has a standard deviation of 0.20 over seeds, as in the runs of the folder)");
  }

  @Test
  void onlyTheTableGoesToStandardOutput() {
    assertThat(execute("plan", SMOKE, "--set", "axes.target=spiral", "--format", "csv")).isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "target,latent_dim,steps,runs,packs,core_hours,megabytes",
            "spiral,1,20,2,2,0.02,0.048344",
            "spiral,2,20,2,2,0.02,0.048472");
    assertThat(err.toString()).startsWith("smoke: 4 runs, ");
  }

  @Test
  void runTrainsAnalysesAndPrintsTheSummary() {
    assertThat(execute("run", SMOKE, "--set", "output=o", "--set", "axes.seed=1..3")).isZero();

    assertThat(engine.asked)
        .containsExactly(
            "claim o", "run smoke 12", "analyze o [kl] [0.5h, 1h, 2h] true", "report o there []");
    assertThat(out.toString()).isEqualTo(SUMMARY);
    assertThat(err.toString())
        .contains("smoke: 12 runs, ")
        .contains("12/12 runs, 12.0 runs/min, 0 s left")
        .contains("report: o/report.html");
  }

  @Test
  void runWritesNoReportIfToldSo() {
    assertThat(execute("run", SMOKE, "--no-report")).isZero();

    assertThat(engine.asked).noneMatch(question -> question.startsWith("report"));
  }

  @Test
  void reportTakesAFolderAndRunsToAnimate() {
    assertThat(execute("report", "d", "--into", "f", "--animate", "0123456789abcdef")).isZero();

    assertThat(engine.asked).containsExactly("report d f [0123456789abcdef]");
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().strip()).isEqualTo("report: d/report.html");
  }

  @Test
  void runServesALiveReport() {
    assertThat(execute("run", "--no-report", "--live", SMOKE, "--set", "output=o")).isZero();
    assertThat(execute("run", SMOKE, "--live=4711", "--no-report", "--set", "output=p")).isZero();

    assertThat(engine.asked)
        .containsSubsequence("claim o", "live o 0", "run smoke 8")
        .containsSubsequence("claim p", "live p 4711", "run smoke 8")
        .noneMatch(question -> question.startsWith("report"));
    assertThat(err.toString().lines()).contains("live: http://127.0.0.1:4711/?token=t");
  }

  @Test
  void analyzePrintsTheHeadlineForPeopleAndTheSummaryForPrograms() {
    assertThat(execute("analyze", "d", "--snapshots", "--metrics", "kl", "--bandwidths", "4,1,4"))
        .isZero();
    assertThat(engine.asked).containsExactly("analyze d [kl] [1h, 4h] true");
    assertThat(out.toString()).isEqualTo(SUMMARY);

    out.getBuffer().setLength(0);
    assertThat(execute("analyze", "d", "--format", "csv")).isZero();
    assertThat(engine.asked).contains("analyze d [kl, coverage, mapping] [0.5h, 1h, 2h] false");
    assertThat(out.toString())
        .startsWith("target,latent_dim,config_hash,metric,runs,")
        .contains("spiral,1,cell1,kl_forward,3,0,1,0,0.5,,0.5,,,0.25,0.75,0.875,,,Infinity,4,3,")
        .contains(",0.0625,\"covers 62% of the target, ");
  }

  @Test
  void failedRunsAreExitCode1() {
    engine.failing = 3;

    assertThat(execute("run", SMOKE)).isEqualTo(1);
    assertThat(out.toString()).isEqualTo(SUMMARY);
  }

  @Test
  void earlierFailuresAreExitCode1UntilTheyAreRetried() {
    failFirstSmokeRun();

    assertThat(execute("run", SMOKE)).isEqualTo(1);
    assertThat(execute("run", SMOKE, "--retry-failed")).isZero();

    assertThat(engine.asked).contains("run smoke 7", "run smoke 8");
  }

  @Test
  void aSweepIsCancelledBeforeItsStatusIsShown() {
    assertThat(execute("status", "d", "--cancel")).isZero();

    assertThat(engine.asked).containsExactly("cancel d", "status d");
    assertThat(out.toString()).isEqualTo(ANSWER);
  }

  @Test
  void aCancelledCommandIsExitCode1() {
    assertThat(execute("sql", "d", "cancelled")).isEqualTo(1);

    assertThat(err.toString()).isEqualTo("Cancelled: it was told to stop\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status d | status d",
        "sql d SELECT_1 | sql d SELECT_1",
        "sample d --run 0123456789abcdef -n 5 | sample d 0123456789abcdef 5 1",
        "sample d --run 0123456789abcdef -n 5 --seed 9 | sample d 0123456789abcdef 5 9",
        "compact d | compact d 128 PT1M",
        "compact d --megabytes 5 --grace 0 | compact d 5 PT0S",
        "bench analyze --runs 7 --bandwidths 2 | bench 7 100000 [kl, coverage] [2h]",
        "score --samples f --target spiral | score f [x, y] spiral [kl, coverage] [0.5h, 1h, 2h]",
      })
  void commandsCallTheEngineOnceAndPrintTheResult(String arguments, String question) {
    assertThat(execute(arguments.split(" "))).isZero();

    assertThat(engine.asked).containsExactly(question);
    assertThat(out.toString()).isEqualTo(ANSWER);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void samplesThatAreWrittenAreNotPrinted() {
    assertThat(execute("sample d --run 0123456789abcdef -n 500000 --into e".split(" "))).isZero();

    assertThat(out.toString()).isEmpty();
    assertThat(engine.asked).containsExactly("sampleInto d 0123456789abcdef 500000 1 e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan",
        "run",
        "status",
        "analyze",
        "report",
        "compact",
        "sql",
        "sample",
        "score",
        "bench cpu",
        "bench analyze",
        "bench coverage"
      })
  void everyCommandHasHelpAndTheOptionFormat(String command) {
    assertThat(execute((command + " --help").split(" "))).isZero();

    assertThat(out.toString())
        .startsWith("Usage: latentsweep " + command)
        .contains("table, csv, json");
    assertThat(engine.closed).isFalse();
  }

  /**
   * Picocli prints an error on the standard error of the process for a text that it cannot format.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plan",
        "run",
        "status",
        "analyze",
        "report",
        "compact",
        "sql",
        "sample",
        "score",
        "bench",
        "bench cpu",
        "bench analyze",
        "bench coverage"
      })
  void everyHelpIsPrintedWithoutErrors(String command) {
    PrintStream standardError = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThat(execute((command + " --help").strip().split(" "))).isZero();
    } finally {
      System.setErr(standardError);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("Could not format");
    assertThat(out.toString()).doesNotContain("%%");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run ../conf/sweeps/smoke.conf --live=65536 | Cannot run: --live must be a port in [0, 65535], found 65536",
        "plan nowhere.conf | Cannot read sweep nowhere.conf: 1 problem",
        "status nowhere | Cannot tell the status of nowhere: it holds no sweep",
        "status | Missing required parameter: 'DIR'",
        "statsu d | Unmatched arguments from index 0: 'statsu', 'd'",
        "status d --format xml | Invalid value for option '--format': expected one of"
            + " [TABLE, CSV, JSON] (case-insensitive) but was 'xml'",
        "sample d --run x -n 5 | Cannot sample: a run id has 16 hexadecimal digits, found 'x'",
        "sample d --run 0123456789abcdef -n 0 | Cannot sample: -n must be in 1..2147483647, found 0",
        "sample d --run 0123456789abcdef -n 100001 | Cannot print more than 100000 samples, found -n 100001; --into DIR writes them to Parquet files",
        "score --samples f --target x | Cannot score: no target 'x'; there are eight-gaussians, flaky, gaussian,"
            + " normal-1d, spiral",
        "bench cpu --families a,x --rounds 0 --seconds 0 --jvms -1 --libtorch | Cannot measure:"
            + " --families must be among a, b, c, found x; --rounds must be >= 1, found 0; --seconds must be > 0, found"
            + " 0.0; --jvms must be >= 0, found -1; --libtorch needs the Maven of a checkout: start this command by its"
            + " ./latentsweep",
        "bench analyze --runs 0 --samples 49 --metrics fid | Cannot measure: --runs must be >= 1, found 0; --samples"
            + " must be >= 50, found 49; --metrics must be among kl, coverage, mapping, found fid",
        "bench coverage --repetitions 1 --samples 9 | Cannot measure: --repetitions must be >= 2, found 1; --samples must be"
            + " >= 50, found 9",
        "compact d --megabytes 0 --grace -1 | Cannot compact: --megabytes must be >= 1, found 0; --grace must be >= 0,"
            + " found -1",
        "bench | Missing required subcommand",
        "analyze d --metrics kl,fid --bandwidths 1,20,0 | Cannot analyze: --metrics must be among kl, coverage, mapping, found fid;"
            + " --bandwidths must be a factor of h in [0.125, 8], found 20.0; --bandwidths must be a factor of h in"
            + " [0.125, 8], found 0.0",
        "score --samples f --target spiral --metrics mapping,kl | Cannot score: --metrics mapping needs a run's"
            + " generator, and there are samples only",
        "score --samples f --target x --bandwidths 9 | Cannot score: no target 'x'; there are eight-gaussians, flaky,"
            + " gaussian, normal-1d, spiral; --bandwidths must be a factor of h in [0.125, 8], found 9.0",
      })
  void wrongRequestsAreExitCode2(String arguments, String message) {
    assertThat(execute(arguments.split(" "))).isEqualTo(2);

    assertThat(err.toString().lines().findFirst()).hasValue(message);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aMissingCommandIsExitCode2() {
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly("Missing required subcommand", "Try 'latentsweep --help'.");
  }

  @Test
  void aFailedEnvironmentIsExitCode3() {
    assertThat(execute("sql", "d", "disk")).isEqualTo(3);

    assertThat(err.toString())
        .startsWith("java.lang.IllegalStateException: Cannot read: disk on fire");
    assertThat(engine.closed).isTrue();
  }

  @Test
  void aMissingNativeLibraryIsExitCode3() {
    assertThat(execute("sql", "d", "natives")).isEqualTo(3);

    assertThat(err.toString()).startsWith("java.lang.UnsatisfiedLinkError: no library");
  }

  @Test
  void helpListsCommandsAndExitCodes() {
    assertThat(execute("--help")).isZero();

    assertThat(out.toString())
        .contains("plan", "run", "status", "analyze", "report", "sql", "score", "sample", "bench")
        .contains("1   some runs failed");
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(execute("--version")).isZero();

    assertThat(out.toString()).matches("latentsweep [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R");
  }

  @Test
  void severalWrongArgumentsAreNamedAtOnce() {
    assertThat(execute("compact", "--grace", "soon", "--what", "--megabytes", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("--grace", "Try 'latentsweep compact --help'.");
    assertThat(execute("sample", "d", "--what", "--seed", "1")).isEqualTo(2);
    assertThat(err.toString())
        .contains("Missing required options: '--run=ID', '-n=N'", "Unknown option: '--what'");
    assertThat(engine.asked).isEmpty();
  }

  @Test
  void argumentsAreNotReadFromFiles() {
    assertThat(execute("sql", "@" + SMOKE, "@x")).isZero();
    assertThat(engine.asked).containsExactly("sql @" + SMOKE + " @x");
  }

  @Test
  void nothingInAMessageIsObeyedByATerminal() {
    assertThat(execute("plan", "no\u001b[31mwhere\u202e.conf")).isEqualTo(2);
    assertThat(execute("\u001b]0;title\u0007")).isEqualTo(2);
    assertThat(execute("x".repeat(3_000_000))).isEqualTo(2);
    assertThat(err.toString()).contains("no\\u001b[31mwhere\\u202e.conf").hasSizeLessThan(10_000);
    assertThat(err.toString().codePoints().filter(c -> c != '\n'))
        .allMatch(PrintableText::isPrintable);
  }

  @Test
  void runsOfOtherSweepsInTheFolderAreMentioned() {
    engine.failed(RunId.of("another"));
    assertThat(execute("plan", SMOKE)).isZero();
    assertThat(out.toString())
        .contains(
            "results/smoke also holds 1 runs that are not of this sweep; the summary and the report"
                + " show them too\n");
  }

  @Test
  void aSweepThatTheDiskCannotHoldIsRefused() {
    assertThat(execute("run", SMOKE, "--set", "axes.seed=1..100000")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "Cannot plan sweep smoke: its tables need about ",
            ", and the disk of results/smoke has 1.5 GB free");
  }
}
