package org.latentsweep.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.latentsweep.cell.Summary;
import org.latentsweep.folder.LocalSpark;
import org.latentsweep.folder.TestRuns;
import org.latentsweep.metric.Metric;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.run.SampleSet;
import org.latentsweep.table.SummaryRow;

class ScoringTest extends ScoringFixture {
  private static final Scoring.Result NOTHING = new Scoring.Result(0, 0, 0, List.of());

  @Test
  void theLastSamplesOfCompletedRunsAreScored() throws IOException {
    commitOneOfEachOutcome();
    RunSpec completed = PACK.runs().get(1);

    assertThat(score(FIRST_X)).isEqualTo(new Scoring.Result(1, 1, 1, List.of()));

    SampleSet last = TestRuns.completed(completed).samples().get(2);
    List<Row> rows = LocalSpark.sql(folder, "SELECT * FROM metrics").collectAsList();
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).mkString("|"))
        .isEqualTo(
            "%s|5|first_x|none|%s|null|0.0|1.0|null|10|null|null|measured|null"
                .formatted(completed.id(), (double) last.coordinate(0, 0)));
  }

  @Test
  void snapshotsAreASetOfTheirOwn() throws IOException {
    TestRuns.commit(folder, PACK);
    TestRuns.commit(folder, TestRuns.pack("normal-1d", 1, 1, 1));

    assertThat(score(FIRST_X_SNAPSHOTS)).isEqualTo(new Scoring.Result(2, 4, 8, List.of()));

    assertThat(
            LocalSpark.sql(folder, "SELECT DISTINCT step, n FROM metrics ORDER BY step")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[2,3]", "[4,3]");
  }

  @Test
  void anEmptyFolderIsNotScored() throws IOException {
    assertThat(score(FIRST_X)).isEqualTo(NOTHING);
  }

  @Test
  void aScoredRunIsNotScoredAgain() throws IOException {
    TestRuns.commit(folder, PACK);
    assertThat(score(FIRST_X).runs()).isEqualTo(3);

    assertThat(score(FIRST_X)).isEqualTo(NOTHING);
  }

  @Test
  void runsThatAreCommittedLaterAreScored() throws IOException {
    TestRuns.commit(folder, PACK);
    score(FIRST_X);
    TestRuns.commit(folder, TestRuns.pack("gaussian", 1, 1, 2));

    assertThat(score(FIRST_X).runs()).isEqualTo(2);

    assertThat(LocalSpark.sql(folder, "SELECT * FROM metrics").count()).isEqualTo(5);
    assertThat(folder.cleanUp()).isZero();
  }

  @Test
  void metricsOfDroppedRunsAreNotShown() throws IOException {
    TestRuns.commit(folder, PACK);
    score(FIRST_X);

    folder.runs().drop(Set.of(PACK.runs().get(0).id()));

    assertThat(LocalSpark.sql(folder, "SELECT * FROM metrics").count()).isEqualTo(2);
  }

  @Test
  void metricsOfARunInTwoPacksAreShownOnce() throws IOException {
    TestRuns.commit(folder, PACK);
    score(FIRST_X);
    folder.runs().drop(Set.of(PACK.runs().get(0).id()));

    TestRuns.commit(folder, TestRuns.pack("eight-gaussians", 2, 1, 5));
    score(FIRST_X);

    assertThat(rows("SELECT count(*), count(DISTINCT run_id) FROM metrics")).containsExactly("5|5");
  }

  @Test
  void aNewSetLeavesTheOthersUnchanged() throws IOException {
    TestRuns.commit(folder, PACK);
    CALLS.set(0);
    score(COUNTED);
    assertThat(CALLS).hasValue(3);
    Map<Path, String> files = metricFiles();

    assertThat(score(COUNTED, FIRST_X, FIRST_X_SNAPSHOTS))
        .isEqualTo(new Scoring.Result(1, 3, 9, List.of()));

    assertThat(CALLS).hasValue(3);
    assertThat(metricFiles()).hasSize(3).containsAllEntriesOf(files);
  }

  @Test
  void aNewBandwidthLeavesTheOthersUnchanged() throws IOException {
    RunSpec spec = TestRuns.spec("gaussian", 2, 1, new SampleSchedule(0, 0, 200));
    TestRuns.commit(folder, new RunPack(List.of(spec)));
    score(smoothed(false, 0.5, 1));
    Map<Path, String> files = metricFiles();
    assertThat(files).hasSize(2);

    Scoring.Result report = score(smoothed(false, 0.5, 1, 4));

    assertThat(report).isEqualTo(new Scoring.Result(1, 1, 5, List.of()));
    assertThat(metricFiles()).hasSize(3).containsAllEntriesOf(files);
    Summary.write(spark, folder);
    assertThat(rows("SELECT metric FROM summary WHERE metric LIKE 'js%'"))
        .containsExactlyInAnyOrder("js", "js@4h", "js@h/2");
  }

  @Test
  void infiniteValuesAreMeasured() throws IOException {
    TestRuns.commit(folder, TestRuns.pack("gaussian", 1, 1, 2));
    double infinity = Double.POSITIVE_INFINITY;
    MetricSet infinite =
        new SampleMetricSet(
            "odd",
            "infinite",
            false,
            (target, points) ->
                List.of(
                    new Metric(
                        "far", "none", infinity, Double.NaN, infinity, infinity, 0, 1, 1, 0.5)));

    assertThat(score(infinite)).isEqualTo(new Scoring.Result(1, 2, 2, List.of()));
    assertThat(rows("SELECT DISTINCT value, floored, outcome FROM metrics"))
        .containsExactly("Infinity|0.5|measured");
    assertThat(Summary.write(spark, folder)).extracting(SummaryRow::mean).containsExactly(infinity);
  }

  @Test
  void snapshotsAreSkippedUnlessTheyAreMeasured() throws IOException {
    RunSpec spec = TestRuns.spec("gaussian", 2, 1, new SampleSchedule(1, 30_000, 40_000));
    TestRuns.commit(folder, new RunPack(List.of(spec)));

    score(FIRST_X);

    SampleSet last = TestRuns.completed(spec).samples().get(4);
    assertThat(rows("SELECT step, n, value FROM metrics"))
        .containsExactly("5|40000|" + (double) last.coordinate(0, 0));
  }

  @Test
  void smoothedDivergencesHaveFiveRowsPerRunAndBandwidth() throws IOException {
    RunSpec spec = TestRuns.spec("gaussian", 2, 1, new SampleSchedule(0, 0, 2000));
    TestRuns.commit(folder, new RunPack(List.of(spec)));
    TestRuns.commit(folder, PACK);

    Scoring.Result report = score(smoothed(false, 0.5, 1, 2));
    assertThat(report.rows()).isEqualTo(15);
    assertThat(report.failures()).hasSize(3); // Ten samples are too few.

    List<SummaryRow> rows = Summary.write(spark, folder);
    assertThat(rows)
        .filteredOn(row -> row.target().equals("gaussian"))
        .extracting(SummaryRow::metric)
        .contains("kl_forward", "kl_forward@h/2", "kl_forward@2h", "js@2h")
        .hasSize(15);
    // The samples of these tests are drawn from N(0, I), which is this target.
    assertThat(rows.stream().filter(r -> "kl_forward".equals(r.metric())))
        .allSatisfy(r -> assertThat(r.mean()).isBetween(-0.05, 0.05));
  }

  @Test
  void coverageHasARowForEachMetric() throws IOException {
    RunSpec spec = TestRuns.spec("eight-gaussians", 2, 1, new SampleSchedule(0, 0, 100));
    TestRuns.commit(folder, new RunPack(List.of(spec)));

    Scoring.Result report = score(MetricFamily.sets(List.of("coverage"), bandwidths(1), false));
    assertThat(report.failures()).isEmpty();
    assertThat(report.rows()).isBetween(14L, 15L);

    assertThat(Summary.write(spark, folder))
        .extracting(SummaryRow::metric)
        .contains("modes_covered", "stray", "precision", "sliced_wasserstein", "mmd");
  }

  @Test
  void generatorsOfCompletedRunsAreScored() throws IOException {
    commitOneOfEachOutcome();
    RunSpec completed = PACK.runs().get(1);
    assertThat(score(FIRST_X, BYTES)).isEqualTo(new Scoring.Result(1, 1, 2, List.of()));
    assertThat(rows("SELECT run_id, step, metric, value, n FROM metrics ORDER BY metric"))
        .startsWith(completed.id() + "|5|bytes_normal|9.0|1");
    assertThat(score(BYTES)).isEqualTo(new Scoring.Result(0, 0, 0, List.of()));
  }

  @Test
  void generatorsAreScoredWithoutSamples() throws IOException {
    TestRuns.commit(folder, PACK);
    Files.delete(samplesOfPack());

    assertThat(score(BYTES)).isEqualTo(new Scoring.Result(1, 3, 3, List.of()));
  }

  @Test
  void samplesAreScoredWithoutGenerators() throws IOException {
    TestRuns.commit(folder, PACK);
    score(BYTES);
    Files.delete(generatorsOfPack());

    assertThat(score(FIRST_X)).isEqualTo(new Scoring.Result(1, 3, 3, List.of()));
  }
}
