package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smoke sweep on real Spark, and what can be done with its output folder. */
class SmokeSweepTest {
  @TempDir private static Path temp;

  private static Path sweep;
  private static Cli first;

  @BeforeAll
  static void train() {
    sweep = temp.resolve("sweep");
    first = Cli.succeed(Cli.smoke("output=" + sweep));
  }

  @Test
  void runShowsThePlanTheProgressAndTheSummary() {
    assertThat(first.err()).contains("smoke: 8 runs, 0 finished, 0 failed, 8 left", "8/8 runs");
    assertThat(first.out().lines().toList().get(0))
        .matches(
            "target +k +diverged +failed +kl_skew +floor +kl_forward +floor +kl_reverse +floor");
    assertThat(first.out().lines()).hasSizeGreaterThanOrEqualTo(1 + 4 + 1 + 1 + 1 + 4);
    assertThat(first.out()).contains("target    k  diagnosis\ngaussian  1  KL_h ");
  }

  @Test
  void everyRunIsOnceInTheTables() {
    assertThat(
            Cli.sql(sweep, "SELECT outcome, count(*), count(DISTINCT run_id) FROM runs GROUP BY 1"))
        .containsExactly("completed,8,8");
    assertThat(Cli.sql(sweep, "SELECT count(*), count(DISTINCT run_id, step) FROM history"))
        .containsExactly("160,160");
    assertThat(
            Cli.sql(
                sweep,
                "SELECT step, count(*), count(DISTINCT run_id) FROM samples GROUP BY 1 ORDER BY 1"))
        .containsExactly("10,4000,8", "20,16000,8");
    assertThat(Cli.sql(sweep, "SELECT count(*), count(DISTINCT run_id) FROM generators"))
        .containsExactly("8,8");
  }

  @Test
  void runsAreScoredSummarisedAndCompared() {
    assertThat(
            Cli.sql(
                sweep,
                "SELECT step, count(*), count(DISTINCT run_id, metric, bandwidth) FROM metrics"
                    + " GROUP BY 1 ORDER BY 1"))
        .containsExactly("10,144,128", "20,144,128");
    assertThat(Cli.sql(sweep, "SELECT count(*) FROM summary")).containsExactly("72");
    // Two seeds are too few for pairs. A cell with a value of 0 has no logarithms.
    assertThat(
            Cli.sql(
                sweep,
                "SELECT differs, a, b, count(*), bool_and(test IN ('log-welch', 'welch'))"
                    + " FROM comparisons GROUP BY ALL"))
        .containsExactly("latent_dim,1,2,36,true");
  }

  @Test
  void statusCountsTheRuns() {
    assertThat(Cli.run("status", sweep, "--format", "csv").out())
        .isEqualTo("completed,diverged,failed,left,packs_running,damaged_files\n8,0,0,0,0,0\n");
  }

  @Test
  void theQueriesOfTheDocumentationSucceed() throws IOException {
    String page = Files.readString(Path.of("../docs/sql.md"));
    String section = page.substring(page.indexOf("## Queries"), page.indexOf("## runs"));
    List<String> queries =
        Stream.of(section.split("\n\n")).filter(text -> text.startsWith("    SELECT")).toList();

    assertThat(queries).hasSize(7);
    for (String query : queries) {
      Cli answer = Cli.run("sql", sweep, query);
      assertThat(answer.code()).as(query + answer.err()).isZero();
    }
  }

  @Test
  void aFinishedSweepIsNotTrainedAgain() {
    Cli again = Cli.succeed(Cli.smoke("output=" + sweep));

    assertThat(again.err()).contains("8 finished, 0 failed, 0 left in " + sweep);
    assertThat(again.out()).isEqualTo(first.out());
  }

  @Test
  void analyzeAddsAFamilyOfMetrics() throws IOException {
    Path copy = Folders.copy(sweep, temp.resolve("mapping"));

    Cli.succeed("analyze", copy, "--metrics", "mapping");

    assertThat(
            Cli.sql(
                copy,
                "SELECT latent_dim, metric, count(*), count(value) FROM metrics JOIN runs"
                    + " USING (run_id) WHERE metric != 'js' AND metric NOT LIKE 'kl%' GROUP BY 1, 2"
                    + " ORDER BY 1, 2"))
        .containsExactly(
            "1,lipschitz_max,4,4",
            "1,neighbour_preservation,4,4",
            "1,relative_width,4,4",
            "1,tear,4,4",
            "2,fold,4,4",
            "2,lipschitz_max,4,4",
            "2,neighbour_preservation,4,4",
            "2,relative_width,4,4",
            "2,tear,4,4");
  }

  @Test
  void aLargerGridTrainsOnlyItsNewRuns() throws IOException {
    Path copy = Folders.copy(sweep, temp.resolve("grown"));
    List<String> before = SampleBits.of(copy);

    Cli grown = Cli.succeed(Cli.smoke("output=" + copy, "axes.seed=1..3"));

    assertThat(grown.err())
        .contains("4 left in", " of one core (from 8 finished runs)", "12/12 runs");
    assertThat(SampleBits.of(copy)).hasSize(24).containsAll(before);
  }
}
