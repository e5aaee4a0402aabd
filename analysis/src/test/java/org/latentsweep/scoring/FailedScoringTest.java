package org.latentsweep.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latentsweep.cell.Summary;
import org.latentsweep.folder.PackWriter;
import org.latentsweep.folder.TestRuns;
import org.latentsweep.metric.Metric;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSet;
import org.latentsweep.table.SummaryRow;

class FailedScoringTest extends ScoringFixture {
  private static final RunSpec ODD = PACK.runs().get(1);
  private static final MetricSet PICKY = failingAt(firstCoordinate(ODD));
  private static final Scoring.Failure FAILURE =
      new Scoring.Failure(ODD.id(), "step 5: not this one");

  private static float firstCoordinate(RunSpec run) {
    return TestRuns.completed(run).samples().get(2).coordinate(0, 0);
  }

  @Test
  void samplesThatCannotBeMeasuredHaveARowWithTheReason() throws IOException {
    TestRuns.commit(folder, PACK);

    assertThat(score(PICKY)).isEqualTo(new Scoring.Result(1, 2, 2, List.of(FAILURE)));

    assertThat(rows("SELECT * FROM metrics WHERE outcome <> 'measured'"))
        .containsExactly(
            ODD.id() + "|5|first|picky|null|null|null|null|null|10|null|null|failed|not this one");
    assertThat(rows("SELECT count(*), count(value) FROM metrics")).containsExactly("3|2");
  }

  @Test
  void aFailureThatRepeatsLeavesTheFileUnchanged() throws IOException {
    TestRuns.commit(folder, PACK);
    score(PICKY);
    Map<Path, String> files = metricFiles();
    CALLS.set(0);

    assertThat(score(PICKY)).isEqualTo(new Scoring.Result(1, 0, 0, List.of(FAILURE)));

    assertThat(CALLS).hasValue(0);
    assertThat(metricFiles()).isEqualTo(files);
  }

  @Test
  void onlyTheRunThatFailedIsTriedAgain() throws IOException {
    TestRuns.commit(folder, PACK);
    score(PICKY);
    CALLS.set(0);

    assertThat(score(failingAt(Float.NaN))).isEqualTo(new Scoring.Result(1, 1, 1, List.of()));

    assertThat(CALLS).hasValue(1);
    assertThat(rows("SELECT outcome, count(*), count(DISTINCT run_id) FROM metrics GROUP BY 1"))
        .containsExactly("measured|3|3");
  }

  @Test
  void aMetricThatIsNaNFailsItsRun() throws IOException {
    TestRuns.commit(folder, TestRuns.pack("gaussian", 1, 1, 1));
    MetricSet nan =
        new SampleMetricSet(
            "odd",
            "nan",
            false,
            (target, points) ->
                List.of(
                    new Metric("odd", "none", Double.NaN, 0, 0, 0, 0, 1, Double.NaN, Double.NaN)));

    assertThat(score(nan).failures())
        .extracting(Scoring.Failure::reason)
        .containsExactly("step 5: Cannot measure samples: not a number: odd");
    assertThat(temp.resolve("_temporary")).isEmptyDirectory();
  }

  @Test
  void missingSamplesFailOnlyTheRunsOfTheirPack() throws IOException {
    TestRuns.commit(folder, PACK);
    TestRuns.commit(folder, TestRuns.pack("spiral", 2, 1, 2));
    Files.delete(samplesOfPack());

    Scoring.Result report = score(FIRST_X, FIRST_X_SNAPSHOTS);

    assertThat(report.runs()).isEqualTo(2);
    assertThat(report.failures())
        .hasSize(2 * 3)
        .allSatisfy(f -> assertThat(f.reason()).contains(": Cannot read " + samplesOfPack()));
    assertThat(report.damaged()).isEmpty();
    assertThat(
            rows(
                "SELECT step, n, count(*) FROM metrics WHERE outcome = 'failed' GROUP BY ALL"
                    + " ORDER BY 1"))
        .containsExactly("0|0|3", "5|0|3");
  }

  @Test
  void damagedSamplesFailTheRunsOfTheirPack() throws IOException {
    TestRuns.commit(folder, PACK);
    byte[] bytes = Files.readAllBytes(samplesOfPack());
    Arrays.fill(bytes, 4, 200, (byte) 0x55);
    Files.write(samplesOfPack(), bytes);

    Scoring.Result report = score(FIRST_X);

    assertThat(report.failures())
        .hasSize(3)
        .allSatisfy(
            f -> assertThat(f.reason()).startsWith("step 5: Cannot read " + samplesOfPack()));
    assertThat(report.damaged()).containsExactly(location(samplesOfPack()));
  }

  private static String location(Path file) {
    return "file:" + file;
  }

  @Test
  void damagedGeneratorsAreReported() throws IOException {
    TestRuns.commit(folder, PACK);
    fillWithNoise(generatorsOfPack());

    Scoring.Result report = score(FIRST_X, BYTES);

    assertThat(report.rows()).isEqualTo(3);
    assertThat(report.damaged()).containsExactly(location(generatorsOfPack()));
  }

  /** Makes a file of metrics that lacks a run, and damages it. */
  private Path damageMetrics() throws IOException {
    TestRuns.commit(folder, PACK);
    score(failingAt(firstCoordinate(PACK.runs().get(0))));
    Path metrics = temp.resolve("metrics/part-" + PACK.id() + "-picky.parquet");
    fillWithNoise(metrics);
    return metrics;
  }

  @Test
  void damagedMetricsAreReported() throws IOException {
    Path metrics = damageMetrics();

    Scoring.Result report = score(failingAt(Float.NaN));

    assertThat(report.runs()).isZero();
    assertThat(report.damaged()).containsExactly(location(metrics));
  }

  @Test
  void damagedMetricsAreComputedAgainOnceTheyAreSetAside() throws IOException {
    damageMetrics();
    MetricSet all = failingAt(Float.NaN);

    folder.damaged().setAside(score(all).damaged());

    assertThat(score(all)).isEqualTo(new Scoring.Result(1, 3, 3, List.of()));
    assertThat(folder.runs().all()).hasSize(3);
  }

  /** Fills a file with noise, except for the footer, so that it can be opened. */
  private static void fillWithNoise(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
    Arrays.fill(bytes, 4, bytes.length - 8 - footer, (byte) 0x55);
    Files.write(file, bytes);
  }

  @Test
  void missingSamplesAndSamplesOfTooFewDimensionsHaveARow() throws IOException {
    RunSpec none = TestRuns.spec("gaussian", 2, 1);
    RunSpec flat = TestRuns.spec("gaussian", 2, 2);
    RunPack pack = new RunPack(List.of(none, flat));
    try (PackWriter writer = folder.startPack(pack, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(none, List.of()));
      writer.add(
          TestRuns.completed(flat, List.of(new SampleSet(TestRuns.STEPS, 1, new float[60]))));
      writer.commit();
    }

    score(FIRST_X);

    assertThat(rows("SELECT n, reason FROM metrics ORDER BY n"))
        .containsExactly(
            "0|there are no samples",
            "60|Cannot measure samples: found 60 of one coordinate where two are needed");
  }

  @Test
  void samplesThatAreNotFiniteHaveARowForEachBandwidth() throws IOException {
    RunSpec spec = TestRuns.spec("gaussian", 2, 1);
    float[] points = new float[200];
    points[7] = Float.NaN;
    try (PackWriter writer = folder.startPack(new RunPack(List.of(spec)), TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(spec, List.of(new SampleSet(TestRuns.STEPS, 2, points))));
      writer.commit();
    }

    Scoring.Result report = score(smoothed(true, 0.5, 1));

    String reason =
        "Cannot measure samples: coordinates must be finite, found 1 that are not, the first NaN"
            + " in row 3";
    assertThat(report.failures())
        .containsExactly(new Scoring.Failure(spec.id(), "step 5: " + reason));
    assertThat(rows("SELECT metric, estimator, n, reason FROM metrics ORDER BY estimator"))
        .containsExactly("kl|kl-0.5h|100|" + reason, "kl|kl-1h|100|" + reason);
    assertThat(Summary.write(spark, folder))
        .extracting(SummaryRow::metric)
        .containsOnlyNulls()
        .hasSize(1);
  }

  @Test
  void anArchiveThatIsNoNetworkHasARowWithTheReason() throws IOException {
    TestRuns.commit(folder, PACK); // with archives that are only text
    MetricSet mapping = MetricFamily.sets(List.of("mapping"), bandwidths(1), false).get(0);

    assertThat(score(mapping).failures())
        .extracting(Scoring.Failure::reason)
        .containsOnly("step 5: Cannot read generator's archive: it has no configuration.json")
        .hasSize(3);

    assertThat(rows("SELECT DISTINCT step, metric, n, outcome, reason FROM metrics"))
        .containsExactly(
            "5|mapping|0|failed|Cannot read generator's archive: it has no configuration.json");
  }

  @Test
  void missingGeneratorsFailTheRunsOfTheirPack() throws IOException {
    TestRuns.commit(folder, PACK);
    Files.delete(generatorsOfPack());

    assertThat(score(BYTES).failures())
        .hasSize(3)
        .allSatisfy(
            f -> assertThat(f.reason()).startsWith("step 5: Cannot read " + generatorsOfPack()));
  }
}
