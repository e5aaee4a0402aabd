package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that diverge or throw, and tasks that fail. */
class FailingRunsTest {
  @TempDir private static Path temp;
  @TempDir private Path folder;

  private static Path failed;
  private static Cli first;

  @BeforeAll
  static void train() {
    failed = temp.resolve("failed");
    first = Cli.run(flaky(failed));
  }

  @AfterEach
  void clearProperties() {
    System.clearProperty("flaky.mended");
    System.clearProperty("flaky.breaks");
  }

  private static Object[] flaky(Path output) {
    return Cli.smoke(
        "output=" + output,
        "axes.target=[flaky]",
        "axes.seed=1..6",
        "axes.latent-dim=1",
        "run.steps=4",
        "snapshots.every=0",
        "metrics=[]");
  }

  @Test
  void runsThatThrowAreRecordedWithTheirMessage() {
    assertThat(first.code()).as(first.err()).isEqualTo(1);
    List<String> outcomes =
        Cli.sql(failed, "SELECT outcome, message, count(*) FROM runs GROUP BY ALL ORDER BY 1");
    assertThat(outcomes).hasSize(2);
    assertThat(outcomes.get(0)).startsWith("completed,,");
    assertThat(outcomes.get(1))
        .startsWith("failed,java.lang.IllegalStateException: Cannot sample: this target is flaky,");
  }

  @Test
  void runsThatThrewAreNotTriedAgain() {
    Cli again = Cli.run(flaky(failed));

    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains(" 0 left");
  }

  @Test
  void runsThatThrewAreTriedAgainOnRequest() throws IOException {
    Path copy = Folders.copy(failed, temp.resolve("copy"));
    System.setProperty("flaky.mended", "yes");

    Cli.succeed(Stream.concat(Stream.of(flaky(copy)), Stream.of("--retry-failed")).toArray());

    assertThat(
            Cli.sql(copy, "SELECT outcome, count(*), count(DISTINCT run_id) FROM runs GROUP BY 1"))
        .containsExactly("completed,6,6");
  }

  @Test
  void aTaskThatIsRetriedGivesTheSameBits() {
    System.setProperty("flaky.mended", "yes");
    Path undisturbed = folder.resolve("undisturbed");
    Cli.succeed(oneDimension(undisturbed));

    System.setProperty("flaky.breaks", "once");
    Path retried = folder.resolve("retried");
    Cli cli = Cli.runOn("local[2,2]", oneDimension(retried));

    assertThat(System.getProperty("flaky.breaks")).isNull();
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Cli.sql(retried, "SELECT count(*) FROM runs WHERE attempt LIKE '% attempt 1'"))
        .doesNotContain("0");
    assertThat(SampleBits.of(retried)).hasSize(4).isEqualTo(SampleBits.of(undisturbed));
  }

  private static Object[] oneDimension(Path output) {
    return Cli.smoke("axes.target=[flaky]", "axes.latent-dim=1", "metrics=[]", "output=" + output);
  }

  /** Uses five hidden layers, as published: with two, single precision never overflows. */
  @Test
  void aHugeLearningRateDivergesAndTheSweepCompletes() {
    Cli.succeed(
        Cli.smoke(
            "output=" + folder,
            "run.discriminator.widths=[16,16,16,16,16]",
            "axes.discriminator.learning-rate=[1e-3,1e10]",
            "axes.seed=1",
            "axes.target=spiral"));

    assertThat(
            Cli.sql(
                folder,
                "SELECT outcome, diverged_at > 0, message IS NULL, count(*) FROM runs GROUP BY ALL"
                    + " ORDER BY 1"))
        .containsExactly("completed,,true,2", "diverged,true,true,2");
    assertThat(
            Cli.sql(
                folder, "SELECT sum(runs), sum(diverged) FROM summary WHERE metric = 'kl_mean'"))
        .containsExactly("2,2");
    assertThat(
            Cli.sql(
                folder,
                "SELECT count(*) FROM generators JOIN runs USING (run_id) WHERE outcome <>"
                    + " 'completed'"))
        .containsExactly("0");
  }
}
