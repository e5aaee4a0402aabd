package org.latentsweep.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.metric.Metric;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.run.SampleSet;
import org.latentsweep.table.LocalSpark;
import org.latentsweep.table.PackWriter;
import org.latentsweep.table.SweepFolder;
import org.latentsweep.table.TestRuns;
import org.latentsweep.table.Views;
import org.latentsweep.target.TargetDistribution;

class ScoringTest {
  private static final MetricFamily FIRST_X =
      new MetricFamily("first-x", false, ScoringTest::firstX);
  private static final MetricFamily FIRST_X_SNAPSHOTS =
      new MetricFamily("first-x-snapshots", true, ScoringTest::firstX);

  private static final RunPack PACK = TestRuns.pack("eight-gaussians", 2, 1, 3);

  @TempDir Path temp;
  private final SparkSession spark = LocalSpark.session();
  private final JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
  private SweepFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = SweepFolder.create(temp.toString(), new Configuration());
    Views.define(spark, folder);
  }

  private static List<Metric> firstX(TargetDistribution target, float[] points) {
    int n = points.length / target.dimensions();
    return List.of(
        new Metric(
            "first_x", "none", points[0], Double.NaN, 0, 1, Double.NaN, n, Double.NaN, Double.NaN));
  }

  private void commitOneOfEach() throws IOException {
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.diverged(PACK.runs().get(0)));
      writer.add(TestRuns.completed(PACK.runs().get(1)));
      writer.add(TestRuns.failed(PACK.runs().get(2)));
      writer.commit();
    }
  }

  @Test
  void finalSamplesOfCompletedRunsAreScored() throws IOException {
    commitOneOfEach();
    RunSpec completed = PACK.runs().get(1);

    assertThat(Scoring.run(() -> context, folder, FIRST_X))
        .isEqualTo(new Scoring.Report(1, 1, 1, List.of()));

    SampleSet last = TestRuns.completed(completed).samples().get(2);
    List<Row> rows = spark.sql("SELECT * FROM metrics").collectAsList();
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).mkString("|"))
        .isEqualTo(
            "%s|5|first_x|none|%s|null|0.0|1.0|null|10|null"
                .formatted(completed.id(), (double) last.coordinate(0, 0)));
  }

  @Test
  void snapshotsAreAFamilyOfTheirOwn() throws IOException {
    TestRuns.commit(folder, PACK);
    TestRuns.commit(folder, TestRuns.pack("normal-1d", 1, 1, 1));

    assertThat(Scoring.run(() -> context, folder, FIRST_X_SNAPSHOTS))
        .isEqualTo(new Scoring.Report(2, 4, 8, List.of()));

    assertThat(spark.sql("SELECT DISTINCT step, n FROM metrics ORDER BY step").collectAsList())
        .extracting(Row::toString)
        .containsExactly("[2,3]", "[4,3]");
  }

  @Test
  void onlyWhatIsMissingIsScored() throws IOException {
    Scoring.Report none = new Scoring.Report(0, 0, 0, List.of());
    assertThat(Scoring.run(() -> context, folder, FIRST_X)).isEqualTo(none);

    TestRuns.commit(folder, PACK);
    assertThat(Scoring.run(() -> context, folder, FIRST_X).runs()).isEqualTo(3);
    assertThat(Scoring.run(() -> context, folder, FIRST_X)).isEqualTo(none);

    TestRuns.commit(folder, TestRuns.pack("gaussian", 1, 1, 2));
    assertThat(Scoring.run(() -> context, folder, FIRST_X).runs()).isEqualTo(2);
    assertThat(spark.table("metrics").count()).isEqualTo(5);
    assertThat(folder.cleanUp()).isZero();
  }

  @Test
  void metricsOfDroppedAndDoubledRunsDoNotShow() throws IOException {
    TestRuns.commit(folder, PACK);
    Scoring.run(() -> context, folder, FIRST_X);
    folder.dropRuns(Set.of(PACK.runs().get(0).id()));
    assertThat(spark.table("metrics").count()).isEqualTo(2);

    TestRuns.commit(folder, TestRuns.pack("eight-gaussians", 2, 1, 5));
    Scoring.run(() -> context, folder, FIRST_X);
    assertThat(spark.sql("SELECT count(*), count(DISTINCT run_id) FROM metrics").first().toString())
        .isEqualTo("[5,5]");
  }

  @Test
  void aRunThatCannotBeScoredLosesNoOther() throws IOException {
    TestRuns.commit(folder, PACK);
    float bad = TestRuns.completed(PACK.runs().get(1)).samples().get(2).coordinate(0, 0);
    MetricFamily picky =
        new MetricFamily(
            "picky",
            false,
            (target, points) -> {
              if (points[0] == bad) {
                throw new IllegalArgumentException("not this one");
              }
              return firstX(target, points);
            });

    Scoring.Report report =
        new Scoring.Report(
            1, 2, 2, List.of(new Scoring.Failure(PACK.runs().get(1).id(), "step 5: not this one")));
    assertThat(Scoring.run(() -> context, folder, picky)).isEqualTo(report);
    assertThat(spark.table("metrics").count()).isEqualTo(2);

    // It is tried again, and its pack's metrics are replaced, not doubled.
    assertThat(Scoring.run(() -> context, folder, picky)).isEqualTo(report);
    assertThat(spark.table("metrics").count()).isEqualTo(2);
  }

  @Test
  void aMetricThatIsNoNumberFailsItsRun() throws IOException {
    TestRuns.commit(folder, TestRuns.pack("gaussian", 1, 1, 1));
    MetricFamily nan =
        new MetricFamily(
            "nan",
            false,
            (target, points) ->
                List.of(
                    new Metric("odd", "none", Double.NaN, 0, 0, 0, 0, 1, Double.NaN, Double.NaN)));

    assertThat(Scoring.run(() -> context, folder, nan).failures())
        .extracting(Scoring.Failure::reason)
        .containsExactly("step 5: odd is not a number");
    assertThat(temp.resolve("metrics")).isDirectoryNotContaining("glob:**.parquet");
    assertThat(temp.resolve("_temporary")).isEmptyDirectory();
  }

  @Test
  void samplesThatCannotBeReadFailTheirPackOnly() throws IOException {
    TestRuns.commit(folder, PACK);
    TestRuns.commit(folder, TestRuns.pack("spiral", 2, 1, 2));
    Path samples =
        temp.resolve("samples/target=eight-gaussians/latent_dim=2/part-" + PACK.id() + ".parquet");
    Files.delete(samples);

    Scoring.Report report = Scoring.run(() -> context, folder, FIRST_X);
    assertThat(report.runs()).isEqualTo(2);
    assertThat(report.failures())
        .hasSize(3)
        .allSatisfy(f -> assertThat(f.reason()).startsWith("Cannot read " + samples));
  }

  @Test
  void smoothedDivergencesAreTwelveRowsPerRun() throws IOException {
    RunSpec spec = TestRuns.spec("gaussian", 2, 1, new SampleSchedule(0, 0, 2000));
    TestRuns.commit(folder, new RunPack(List.of(spec)));
    TestRuns.commit(folder, PACK);

    Scoring.Report report = Scoring.run(() -> context, folder, MetricFamily.named("kl"));
    assertThat(report.rows()).isEqualTo(12);
    assertThat(report.failures()).hasSize(3); // Ten samples are too few.

    List<SummaryRow> rows = Summary.write(spark, folder);
    assertThat(rows)
        .filteredOn(row -> row.target().equals("gaussian"))
        .extracting(row -> row.metric().orElseThrow())
        .contains("kl_forward", "kl_forward@h/2", "kl_forward@2h", "js@2h")
        .hasSize(12);
    // The samples of these tests are drawn from N(0, I), which is this target.
    assertThat(rows.stream().filter(r -> r.metric().equals(Optional.of("kl_forward"))))
        .allSatisfy(r -> assertThat(r.seeds().orElseThrow().mean()).isBetween(-0.05, 0.05));
  }

  @Test
  void familiesAreFoundByName() {
    assertThat(MetricFamily.named("kl")).isSameAs(MetricFamily.KL);
    assertThat(MetricFamily.KL.ofSnapshots().name()).isEqualTo("kl-snapshots");
    assertThatThrownBy(() -> MetricFamily.named("fid"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot find metrics 'fid'; there are kl");
    assertThatThrownBy(() -> new MetricFamily("Big_Name", false, ScoringTest::firstX))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot make a family of metrics: its name must be lower-case words joined by hyphens,"
                + " found 'Big_Name'");
  }
}
