package org.latentsweep.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.cell.Summary;
import org.latentsweep.folder.LocalSpark;
import org.latentsweep.folder.PackWriter;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TestRuns;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.Metric;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.run.SampleSet;
import org.latentsweep.table.SummaryRow;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

class ScoringTest {
  private static final SampleMetricSet FIRST_X =
      new SampleMetricSet("first", "first-x", false, ScoringTest::firstX);
  private static final MetricSet FIRST_X_SNAPSHOTS = FIRST_X.ofSnapshots();

  /** How often {@link #counted} was called, in the tasks of this process. */
  private static final AtomicInteger CALLS = new AtomicInteger();

  private static final MetricSet COUNTED =
      new SampleMetricSet("first", "counted", false, ScoringTest::counted);

  private static final RunPack PACK = TestRuns.pack("eight-gaussians", 2, 1, 3);

  @TempDir Path temp;
  private final SparkSession spark = LocalSpark.session();
  private final JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
  private SweepFolder folder;

  @BeforeEach
  void create() throws IOException {
    folder = SweepFolder.create(temp.toString(), new Configuration());
  }

  private static List<Metric> firstX(TargetDistribution target, float[] points) {
    int n = points.length / target.dimensions();
    return List.of(
        new Metric(
            "first_x", "none", points[0], Double.NaN, 0, 1, Double.NaN, n, Double.NaN, Double.NaN));
  }

  private static List<Metric> counted(TargetDistribution target, float[] points) {
    CALLS.incrementAndGet();
    return firstX(target, points);
  }

  private static MetricSet failingAt(float bad) {
    return new SampleMetricSet(
        "first",
        "picky",
        false,
        (target, points) -> {
          if (points[0] == bad) {
            throw new IllegalArgumentException("not this one");
          }
          return counted(target, points);
        });
  }

  private Scoring.Report score(MetricSet... sets) throws IOException {
    return Scoring.run(() -> context, folder, List.of(sets));
  }

  private List<String> rows(String query) {
    return LocalSpark.sql(folder, query).collectAsList().stream()
        .map(row -> row.mkString("|"))
        .toList();
  }

  private Map<Path, String> metricFiles() throws IOException {
    Map<Path, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(temp.resolve("metrics"))) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".parquet")).toList()) {
        files.put(
            path.getFileName(),
            Files.getLastModifiedTime(path) + " " + Arrays.toString(Files.readAllBytes(path)));
      }
    }
    return files;
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

    assertThat(score(FIRST_X)).isEqualTo(new Scoring.Report(1, 1, 1, List.of()));

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

    assertThat(score(FIRST_X_SNAPSHOTS)).isEqualTo(new Scoring.Report(2, 4, 8, List.of()));

    assertThat(
            LocalSpark.sql(folder, "SELECT DISTINCT step, n FROM metrics ORDER BY step")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[2,3]", "[4,3]");
  }

  @Test
  void onlyWhatIsMissingIsScored() throws IOException {
    Scoring.Report none = new Scoring.Report(0, 0, 0, List.of());
    assertThat(score(FIRST_X)).isEqualTo(none);

    TestRuns.commit(folder, PACK);
    assertThat(score(FIRST_X).runs()).isEqualTo(3);
    assertThat(score(FIRST_X)).isEqualTo(none);

    TestRuns.commit(folder, TestRuns.pack("gaussian", 1, 1, 2));
    assertThat(score(FIRST_X).runs()).isEqualTo(2);
    assertThat(LocalSpark.sql(folder, "SELECT * FROM metrics").count()).isEqualTo(5);
    assertThat(folder.cleanUp()).isZero();
  }

  @Test
  void metricsOfDroppedAndDoubledRunsDoNotShow() throws IOException {
    TestRuns.commit(folder, PACK);
    score(FIRST_X);
    folder.runs().drop(Set.of(PACK.runs().get(0).id()));
    assertThat(LocalSpark.sql(folder, "SELECT * FROM metrics").count()).isEqualTo(2);

    TestRuns.commit(folder, TestRuns.pack("eight-gaussians", 2, 1, 5));
    score(FIRST_X);
    assertThat(
            LocalSpark.sql(folder, "SELECT count(*), count(DISTINCT run_id) FROM metrics")
                .first()
                .toString())
        .isEqualTo("[5,5]");
  }

  @Test
  void samplesThatCannotBeMeasuredAreARowWithAReason() throws IOException {
    TestRuns.commit(folder, PACK);
    RunSpec odd = PACK.runs().get(1);
    MetricSet picky = failingAt(TestRuns.completed(odd).samples().get(2).coordinate(0, 0));

    Scoring.Report report =
        new Scoring.Report(1, 2, 2, List.of(new Scoring.Failure(odd.id(), "step 5: not this one")));
    assertThat(score(picky)).isEqualTo(report);
    assertThat(rows("SELECT * FROM metrics WHERE outcome <> 'measured'"))
        .containsExactly(
            odd.id() + "|5|first|picky|null|null|null|null|null|10|null|null|failed|not this one");
    assertThat(rows("SELECT count(*), count(value) FROM metrics")).containsExactly("3|2");

    // It alone is tried again, and its file stays as it is while nothing changes.
    Map<Path, String> files = metricFiles();
    CALLS.set(0);
    assertThat(score(picky)).isEqualTo(new Scoring.Report(1, 0, 0, report.failures()));
    assertThat(CALLS).hasValue(0);
    assertThat(metricFiles()).isEqualTo(files);

    assertThat(score(failingAt(Float.NaN))).isEqualTo(new Scoring.Report(1, 1, 1, List.of()));
    assertThat(CALLS).hasValue(1);
    assertThat(rows("SELECT outcome, count(*), count(DISTINCT run_id) FROM metrics GROUP BY 1"))
        .containsExactly("measured|3|3");
  }

  @Test
  void aNewSetLeavesTheOthersAlone() throws IOException {
    TestRuns.commit(folder, PACK);
    CALLS.set(0);
    score(COUNTED);
    assertThat(CALLS).hasValue(3);
    Map<Path, String> files = metricFiles();

    assertThat(score(COUNTED, FIRST_X, FIRST_X_SNAPSHOTS))
        .isEqualTo(new Scoring.Report(1, 3, 9, List.of()));

    assertThat(CALLS).hasValue(3);
    assertThat(metricFiles()).hasSize(3).containsAllEntriesOf(files);
  }

  @Test
  void aNewBandwidthLeavesTheOthersAlone() throws IOException {
    RunSpec spec = TestRuns.spec("gaussian", 2, 1, new SampleSchedule(0, 0, 200));
    TestRuns.commit(folder, new RunPack(List.of(spec)));
    score(smoothed(false, 0.5, 1).toArray(MetricSet[]::new));
    Map<Path, String> files = metricFiles();
    assertThat(files).hasSize(2);

    Scoring.Report report = score(smoothed(false, 0.5, 1, 4).toArray(MetricSet[]::new));

    assertThat(report).isEqualTo(new Scoring.Report(1, 1, 4, List.of()));
    assertThat(metricFiles()).hasSize(3).containsAllEntriesOf(files);
    Summary.write(spark, folder);
    assertThat(rows("SELECT metric FROM summary WHERE metric LIKE 'js%'"))
        .containsExactlyInAnyOrder("js", "js@4h", "js@h/2");
  }

  private static List<Bandwidth> bandwidths(double... factors) {
    return Arrays.stream(factors).mapToObj(Bandwidth::new).toList();
  }

  @Test
  void aMetricThatIsNoNumberFailsItsRun() throws IOException {
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
  void infiniteMetricsAreMeasured() throws IOException {
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

    assertThat(score(infinite)).isEqualTo(new Scoring.Report(1, 2, 2, List.of()));
    assertThat(rows("SELECT DISTINCT value, floored, outcome FROM metrics"))
        .containsExactly("Infinity|0.5|measured");
    assertThat(Summary.write(spark, folder)).extracting(SummaryRow::mean).containsExactly(infinity);
  }

  @Test
  void samplesThatCannotBeReadFailTheirPackOnly() throws IOException {
    TestRuns.commit(folder, PACK);
    TestRuns.commit(folder, TestRuns.pack("spiral", 2, 1, 2));
    Path samples =
        temp.resolve("samples/target=eight-gaussians/latent_dim=2/part-" + PACK.id() + ".parquet");
    byte[] bytes = Files.readAllBytes(samples);
    Files.delete(samples);

    Scoring.Report report = score(FIRST_X, FIRST_X_SNAPSHOTS);
    assertThat(report.runs()).isEqualTo(2);
    assertThat(report.failures())
        .hasSize(2 * 3)
        .allSatisfy(f -> assertThat(f.reason()).contains(": Cannot read " + samples));
    assertThat(report.damaged()).isEmpty();
    assertThat(
            rows(
                "SELECT step, n, count(*) FROM metrics WHERE outcome = 'failed' GROUP BY ALL"
                    + " ORDER BY 1"))
        .containsExactly("0|0|3", "5|0|3");

    Arrays.fill(bytes, 4, 200, (byte) 0x55);
    Files.write(samples, bytes);
    report = score(FIRST_X);
    assertThat(report.failures())
        .hasSize(3)
        .allSatisfy(f -> assertThat(f.reason()).startsWith("step 5: Cannot read " + samples));
    assertThat(report.damaged()).containsExactly(location(samples));
  }

  private static String location(Path file) {
    return "file:" + file;
  }

  @Test
  void whatCannotBeReadOfFilesWithSoundEndsIsDamaged() throws IOException {
    TestRuns.commit(folder, PACK);
    Path generators = temp.resolve("generators/part-" + PACK.id() + ".parquet");
    fillWithNoise(generators);
    Scoring.Report report = score(FIRST_X, BYTES);
    assertThat(report.rows()).isEqualTo(3);
    assertThat(report.damaged()).containsExactly(location(generators));

    MetricSet all = failingAt(Float.NaN);
    score(failingAt(TestRuns.completed(PACK.runs().get(0)).samples().get(2).coordinate(0, 0)));
    Path metrics = temp.resolve("metrics/part-" + PACK.id() + "-picky.parquet");
    fillWithNoise(metrics);
    report = score(all);
    assertThat(report.runs()).isZero();
    assertThat(report.damaged()).containsExactly(location(metrics));

    folder.damaged().setAside(report.damaged());
    assertThat(score(all)).isEqualTo(new Scoring.Report(1, 3, 3, List.of()));
    assertThat(folder.runs().all()).hasSize(3);
  }

  /** But for the footer, so that it opens. */
  private static void fillWithNoise(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int footer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
    Arrays.fill(bytes, 4, bytes.length - 8 - footer, (byte) 0x55);
    Files.write(file, bytes);
  }

  @Test
  void samplesThatAreMissingOrOfTooFewDimensionsHaveARow() throws IOException {
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

  private static List<MetricSet> smoothed(boolean snapshots, double... factors) {
    return MetricFamily.sets(List.of("kl"), bandwidths(factors), snapshots).stream()
        .filter(set -> !set.name().startsWith("kl-unsmoothed"))
        .toList();
  }

  @Test
  void samplesThatSayNothingHaveARowForEachBandwidth() throws IOException {
    RunSpec spec = TestRuns.spec("gaussian", 2, 1);
    float[] points = new float[200];
    points[7] = Float.NaN;
    try (PackWriter writer = folder.startPack(new RunPack(List.of(spec)), TestRuns.PROVENANCE)) {
      writer.add(TestRuns.completed(spec, List.of(new SampleSet(TestRuns.STEPS, 2, points))));
      writer.commit();
    }

    Scoring.Report report = Scoring.run(() -> context, folder, smoothed(true, 0.5, 1));

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
  void snapshotsInBetweenAreSkipped() throws IOException {
    RunSpec spec = TestRuns.spec("gaussian", 2, 1, new SampleSchedule(1, 30_000, 40_000));
    TestRuns.commit(folder, new RunPack(List.of(spec)));

    score(FIRST_X);

    SampleSet last = TestRuns.completed(spec).samples().get(4);
    assertThat(rows("SELECT step, n, value FROM metrics"))
        .containsExactly("5|40000|" + (double) last.coordinate(0, 0));
  }

  @Test
  void smoothedDivergencesAreFourRowsPerRunAndBandwidth() throws IOException {
    RunSpec spec = TestRuns.spec("gaussian", 2, 1, new SampleSchedule(0, 0, 2000));
    TestRuns.commit(folder, new RunPack(List.of(spec)));
    TestRuns.commit(folder, PACK);

    Scoring.Report report = Scoring.run(() -> context, folder, smoothed(false, 0.5, 1, 2));
    assertThat(report.rows()).isEqualTo(12);
    assertThat(report.failures()).hasSize(3); // Ten samples are too few.

    List<SummaryRow> rows = Summary.write(spark, folder);
    assertThat(rows)
        .filteredOn(row -> row.target().equals("gaussian"))
        .extracting(SummaryRow::metric)
        .contains("kl_forward", "kl_forward@h/2", "kl_forward@2h", "js@2h")
        .hasSize(12);
    // The samples of these tests are drawn from N(0, I), which is this target.
    assertThat(rows.stream().filter(r -> "kl_forward".equals(r.metric())))
        .allSatisfy(r -> assertThat(r.mean()).isBetween(-0.05, 0.05));
  }

  private static List<Metric> bytes(TargetDistribution target, NoiseLaw noise, byte[] archive) {
    String name = "bytes_" + noise;
    return List.of(
        new Metric(name, "none", archive.length, 0, 0, 99, Double.NaN, 1, Double.NaN, Double.NaN));
  }

  private static final MetricSet BYTES =
      new GeneratorMetricSet("bytes", "bytes", ScoringTest::bytes);

  @Test
  void generatorsOfCompletedRunsAreScored() throws IOException {
    commitOneOfEach();
    RunSpec completed = PACK.runs().get(1);
    assertThat(score(FIRST_X, BYTES)).isEqualTo(new Scoring.Report(1, 1, 2, List.of()));
    assertThat(rows("SELECT run_id, step, metric, value, n FROM metrics ORDER BY metric"))
        .startsWith(completed.id() + "|5|bytes_normal|9.0|1");
    assertThat(score(BYTES)).isEqualTo(new Scoring.Report(0, 0, 0, List.of()));
  }

  @Test
  void generatorsNeedNoSamplesAndSamplesNoGenerators() throws IOException {
    TestRuns.commit(folder, PACK);
    Path generators = temp.resolve("generators/part-" + PACK.id() + ".parquet");
    Path samples =
        temp.resolve("samples/target=eight-gaussians/latent_dim=2/part-" + PACK.id() + ".parquet");
    Path aside = temp.resolve("_temporary/samples.parquet");
    Files.createDirectories(aside.getParent());
    Files.move(samples, aside);
    assertThat(score(BYTES)).isEqualTo(new Scoring.Report(1, 3, 3, List.of()));

    Files.move(aside, samples);
    Files.delete(generators);
    assertThat(score(FIRST_X)).isEqualTo(new Scoring.Report(1, 3, 3, List.of()));
  }

  @Test
  void generatorsThatCannotBeReadAreARowWithAReason() throws IOException {
    TestRuns.commit(folder, PACK); // whose archives are no archives
    MetricSet mapping = MetricFamily.sets(List.of("mapping"), bandwidths(1), false).get(0);
    assertThat(score(mapping).failures())
        .extracting(Scoring.Failure::reason)
        .containsOnly("step 5: Cannot read generator's archive: it has no configuration.json")
        .hasSize(3);
    assertThat(rows("SELECT DISTINCT step, metric, n, outcome, reason FROM metrics"))
        .containsExactly(
            "5|mapping|0|failed|Cannot read generator's archive: it has no configuration.json");

    Path generators = temp.resolve("generators/part-" + PACK.id() + ".parquet");
    Files.delete(generators);
    assertThat(score(BYTES).failures())
        .hasSize(3)
        .allSatisfy(f -> assertThat(f.reason()).startsWith("step 5: Cannot read " + generators));
  }

  @Test
  void samplesAloneHaveNoMapping() {
    List<MetricSet> sets = MetricFamily.sets(List.of("mapping"), bandwidths(1), false);
    assertThatThrownBy(() -> Scoring.score(Targets.named("gaussian"), new float[200], sets))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot measure samples: mapping is measured of generators alone");
  }

  @Test
  void coverageIsARowForEachMetric() throws IOException {
    RunSpec spec = TestRuns.spec("eight-gaussians", 2, 1, new SampleSchedule(0, 0, 100));
    TestRuns.commit(folder, new RunPack(List.of(spec)));

    Scoring.Report report =
        Scoring.run(
            () -> context, folder, MetricFamily.sets(List.of("coverage"), bandwidths(1), false));
    assertThat(report.failures()).isEmpty();
    assertThat(report.rows()).isBetween(14L, 15L);

    assertThat(Summary.write(spark, folder))
        .extracting(SummaryRow::metric)
        .contains("modes_covered", "stray", "precision", "sliced_wasserstein", "mmd");
  }

  @Test
  void familiesAreFoundByName() {
    assertThat(MetricFamily.named("kl")).isSameAs(MetricFamily.KL);
    assertThat(MetricFamily.sets(List.of("kl"), bandwidths(0.25, 1), true))
        .extracting(MetricSet::name)
        .containsExactly(
            "kl-0.25h",
            "kl-0.25h-snapshots",
            "kl-1h",
            "kl-1h-snapshots",
            "kl-unsmoothed",
            "kl-unsmoothed-snapshots");
    // there are no generators but at the end
    assertThat(MetricFamily.sets(List.of("mapping"), bandwidths(1), true))
        .extracting(MetricSet::name)
        .containsExactly("mapping");
    assertThat(MetricFamily.KL.measuresGenerators()).isFalse();
    assertThat(MetricFamily.MAPPING.measuresGenerators()).isTrue();
    assertThatThrownBy(() -> MetricFamily.named("fid"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot find metrics 'fid'; there are kl, coverage, mapping");
    assertThatThrownBy(() -> new SampleMetricSet("big", "Big_Name", false, ScoringTest::firstX))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot make a set of metrics: its name must be lower-case words joined by hyphens,"
                + " found 'Big_Name'");
  }
}
