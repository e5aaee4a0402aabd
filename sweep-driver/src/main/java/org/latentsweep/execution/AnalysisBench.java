package org.latentsweep.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.latentsweep.cell.Summary;
import org.latentsweep.engine.Monitor;
import org.latentsweep.engine.Progress;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.folder.PackWriter;
import org.latentsweep.folder.Provenance;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.random.RandomStream;
import org.latentsweep.run.History;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.run.SampleSet;
import org.latentsweep.scoring.MetricSet;
import org.latentsweep.scoring.SampleMetricSet;
import org.latentsweep.scoring.Scoring;
import org.latentsweep.sweep.Version;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/**
 * The command {@code bench analyze}: measures the parts of the analysis on a folder of artificial
 * runs. Their samples are those of the target, scaled by {@value #SCALE}, so that some of them
 * stray.
 */
final class AnalysisBench {
  private static final List<String> TARGETS = List.of("gaussian", "eight-gaussians", "spiral");
  private static final int RUNS_IN_PACK = 10; // chosen by judgement

  /** Chosen by judgement: some samples stray, and most do not, as with a trained generator. */
  private static final float SCALE = 1.1f;

  private final JavaSparkContext spark;
  private final SparkSession session;
  private final SweepFolder folder;
  private final int runs;
  private final Monitor monitor;
  private final List<List<Object>> rows = new ArrayList<>();

  private AnalysisBench(SparkSession session, SweepFolder folder, int runs, Monitor monitor) {
    this.session = session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.folder = folder;
    this.runs = runs;
    this.monitor = monitor;
  }

  /**
   * Writes runs to a temporary folder and analyses them.
   *
   * @param samples number of samples of each run
   * @param sets sets of metrics to compute, in one pass
   * @return a row for each part: its seconds by the clock, or the milliseconds of one core for each
   *     run
   */
  static ResultTable measure(
      SparkSession session, int runs, int samples, List<MetricSet> sets, Monitor monitor)
      throws IOException {
    Path path = Files.createTempDirectory("latentsweep-bench");
    try {
      SweepFolder folder =
          SweepFolder.create(path.toString(), session.sparkContext().hadoopConfiguration());
      AnalysisBench bench = new AnalysisBench(session, folder, runs, monitor);
      bench.write(samples);
      bench.analyse(sets);
      return new ResultTable(List.of("part", "seconds", "core_ms_per_run"), bench.rows);
    } finally {
      FileUtil.fullyDelete(path.toFile());
    }
  }

  private void write(int samples) throws IOException {
    List<RunPack> packs = new ArrayList<>();
    for (int first = 0; first < runs; first += RUNS_IN_PACK) {
      String target = TARGETS.get(packs.size() % TARGETS.size());
      packs.add(
          new RunPack(
              LongStream.range(first, Math.min(runs, first + RUNS_IN_PACK))
                  .mapToObj(seed -> spec(target, samples, seed))
                  .toList()));
    }
    SweepFolder sent = folder;
    time(
        "write samples", () -> spark.parallelize(packs, packs.size()).foreach(p -> write(sent, p)));
  }

  private static RunSpec spec(String target, int samples, long seed) {
    MlpSpec network = new MlpSpec(List.of(1), Activation.RELU, Activation.LINEAR);
    AdamSpec adam = new AdamSpec(1e-3, 0.5, 0.999, 1e-7);
    return new RunSpec(
        target,
        Targets.named(target).defaultNoise(),
        2,
        network,
        network,
        Loss.NON_SATURATING,
        adam,
        adam,
        1,
        2,
        new SampleSchedule(0, 0, samples),
        seed);
  }

  private static void write(SweepFolder folder, RunPack pack) throws IOException {
    Provenance provenance = new Provenance("bench", "none", "none", Version.TEXT);
    try (PackWriter writer = folder.startPack(pack, provenance)) {
      for (RunSpec run : pack.runs()) {
        writer.add(result(run));
      }
      writer.commit();
    }
  }

  private static RunResult result(RunSpec run) {
    TargetDistribution target = run.distribution();
    float[] points =
        new float[Math.multiplyExact(run.samples().atEnd(), target.dimensions())]; // [n, d]
    target.sample(RandomStream.DATA.at(run.seed(), 0), points);
    for (int i = 0; i < points.length; i++) {
      points[i] *= SCALE;
    }
    Instant now = Instant.now();
    return new RunResult(
        run,
        Outcome.COMPLETED,
        Optional.empty(),
        OptionalInt.empty(),
        new History(0),
        List.of(new SampleSet(run.steps(), target.dimensions(), points)),
        Optional.empty(),
        0,
        1,
        "none",
        "none",
        now,
        now);
  }

  private void analyse(List<MetricSet> sets) throws IOException {
    MetricSet nothing =
        new SampleMetricSet("bench", "reading", false, (target, points) -> List.of());
    time("read samples", () -> Scoring.run(() -> spark, folder, List.of(nothing)));
    Map<String, LongAccumulator> nanos = new LinkedHashMap<>();
    List<MetricSet> timed = new ArrayList<>();
    for (MetricSet set : sets) {
      if (!set.measuresGenerators()) { // the runs have no generators
        LongAccumulator total = spark.sc().longAccumulator(set.name());
        nanos.put(set.name(), total);
        timed.add(timed(set, total));
      }
    }
    time("read samples and compute metrics", () -> Scoring.run(() -> spark, folder, timed));
    nanos.forEach((set, total) -> rows.add(Arrays.asList(set, null, total.sum() / 1e6 / runs)));
    time("compare and summarise", () -> Summary.write(session, folder));
  }

  private static MetricSet timed(MetricSet set, LongAccumulator nanos) {
    return new SampleMetricSet(
        set.family(),
        set.name(),
        set.snapshots(),
        (target, points) -> {
          long start = System.nanoTime();
          try {
            return set.ofSamples(target, points);
          } finally {
            nanos.add(System.nanoTime() - start);
          }
        });
  }

  private interface Part {
    void run() throws IOException;
  }

  private void time(String part, Part work) throws IOException {
    long start = System.nanoTime();
    try (Ticker ticker = new Ticker(monitor, elapsed -> new Progress(part, elapsed))) {
      ticker.start();
      work.run();
    }
    rows.add(Arrays.asList(part, (System.nanoTime() - start) / 1e9, null));
  }
}
