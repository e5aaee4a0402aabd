package org.latentsweep.scoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.latentsweep.folder.LocalSpark;
import org.latentsweep.folder.PackWriter;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TestRuns;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.Metric;
import org.latentsweep.run.RunPack;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/** An empty output folder, and sets of metrics to score it with. */
abstract class ScoringFixture {
  static final SampleMetricSet FIRST_X =
      new SampleMetricSet("first", "first-x", false, ScoringFixture::firstX);
  static final MetricSet FIRST_X_SNAPSHOTS = FIRST_X.ofSnapshots();

  /** How often {@link #counted} was called, in the tasks of this process. */
  static final AtomicInteger CALLS = new AtomicInteger();

  static final MetricSet COUNTED =
      new SampleMetricSet("first", "counted", false, ScoringFixture::counted);

  static final MetricSet BYTES = new GeneratorMetricSet("bytes", "bytes", ScoringFixture::bytes);

  static final RunPack PACK = TestRuns.pack("eight-gaussians", 2, 1, 3);

  @TempDir Path temp;
  final SparkSession spark = LocalSpark.session();
  private final JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
  SweepFolder folder;

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

  private static List<Metric> bytes(TargetDistribution target, NoiseLaw noise, byte[] archive) {
    String name = "bytes_" + noise;
    return List.of(
        new Metric(name, "none", archive.length, 0, 0, 99, Double.NaN, 1, Double.NaN, Double.NaN));
  }

  /** Returns a set that cannot measure samples that start with a number. */
  static MetricSet failingAt(float bad) {
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

  static List<MetricSet> smoothed(boolean snapshots, double... factors) {
    return MetricFamily.sets(List.of("kl"), bandwidths(factors), snapshots).stream()
        .filter(set -> !set.name().startsWith("kl-unsmoothed"))
        .toList();
  }

  static List<Bandwidth> bandwidths(double... factors) {
    return Arrays.stream(factors).mapToObj(Bandwidth::new).toList();
  }

  Scoring.Result score(MetricSet... sets) throws IOException {
    return score(List.of(sets));
  }

  Scoring.Result score(List<MetricSet> sets) throws IOException {
    return Scoring.run(() -> context, folder, sets);
  }

  List<String> rows(String query) {
    return LocalSpark.sql(folder, query).collectAsList().stream()
        .map(row -> row.mkString("|"))
        .toList();
  }

  /** Returns the modification time and the content of each file of metrics, by name. */
  Map<Path, String> metricFiles() throws IOException {
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

  /** Commits a run that diverged, one that was completed, and one that failed. */
  void commitOneOfEachOutcome() throws IOException {
    try (PackWriter writer = folder.startPack(PACK, TestRuns.PROVENANCE)) {
      writer.add(TestRuns.diverged(PACK.runs().get(0)));
      writer.add(TestRuns.completed(PACK.runs().get(1)));
      writer.add(TestRuns.failed(PACK.runs().get(2)));
      writer.commit();
    }
  }

  Path samplesOfPack() {
    return temp.resolve(
        "samples/target=eight-gaussians/latent_dim=2/part-" + PACK.id() + ".parquet");
  }

  Path generatorsOfPack() {
    return temp.resolve("generators/part-" + PACK.id() + ".parquet");
  }
}
