package org.latentsweep.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.cell.Summary;
import org.latentsweep.engine.Engine;
import org.latentsweep.engine.EnvironmentException;
import org.latentsweep.engine.Progress;
import org.latentsweep.engine.Table;
import org.latentsweep.folder.Compaction;
import org.latentsweep.folder.EventLog;
import org.latentsweep.folder.FolderLock;
import org.latentsweep.folder.Inventory;
import org.latentsweep.folder.StoredRun;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.Views;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.Metric;
import org.latentsweep.mlflow.MlflowLog;
import org.latentsweep.report.Report;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunSpec;
import org.latentsweep.scoring.MetricFamily;
import org.latentsweep.scoring.MetricSet;
import org.latentsweep.scoring.Scoring;
import org.latentsweep.sweep.RecordedRuns;
import org.latentsweep.sweep.RequestException;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;
import org.latentsweep.sweep.TimeEstimate;
import org.latentsweep.sweep.Timing;
import org.latentsweep.sweep.Version;
import org.latentsweep.table.SampleFile;
import org.latentsweep.table.SummaryRow;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the work of the commands on Spark: on the cluster that spark-submit names, or else in this
 * process on all cores. Spark is started when it is first needed, and much is answered without it.
 */
public final class SparkEngine implements Engine {
  private static final Logger LOG = LoggerFactory.getLogger(SparkEngine.class);
  private static final String LOCAL = "local[*]";
  private static final long MEGA = 1_000_000;
  private static final int LISTINGS = 5;

  /** And a user's name, in a URI: not for logs. */
  private static final Pattern PASSWORD = Pattern.compile("//[^/@]*@");

  /** To wait for MLflow to take a run. */
  private static final Duration MLFLOW_LIMIT = Duration.ofSeconds(60);

  private static final List<String> SCORE =
      List.of(
          "metric",
          "estimator",
          "value",
          "standard_error",
          "ci_low",
          "ci_high",
          "floor",
          "n",
          "bandwidth",
          "floored");

  private static final String PLUGINS = "spark.plugins";
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Cancellation cancellation = new Cancellation(this::context);
  private volatile SparkSession session;
  private FolderLock lock;
  private EventLog events; // of the folder that is locked
  private LiveSweep live; // where a sweep is shown while it runs

  /** Starts nothing yet. */
  public SparkEngine() {}

  private SparkContext context() {
    return session == null ? null : session.sparkContext();
  }

  private SparkSession session() {
    if (session == null) {
      SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "latentsweep");
      conf.setIfMissing("spark.master", LOCAL);
      if (isLocal(conf)) {
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.driver.host", "127.0.0.1");
        conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        conf.setIfMissing("spark.sql.shuffle.partitions", String.valueOf(cores()));
      }
      conf.setIfMissing("spark.ui.showConsoleProgress", "false"); // one progress line is enough
      conf.set(PLUGINS, joined(conf.get(PLUGINS, ""), SweepMetrics.class.getName()));
      Gpus.configure(conf);
      session = SparkSession.builder().config(conf).getOrCreate();
    }
    return session;
  }

  private static String joined(String list, String item) {
    return list.isBlank() ? item : list + "," + item;
  }

  /** The session, whose jobs have this name in Spark's UI until {@link #endOfJobs}. */
  private SparkSession sessionFor(String group, String description) {
    session().sparkContext().setJobGroup(group, description, false);
    return session();
  }

  private void endOfJobs() {
    if (session != null) {
      session.sparkContext().clearJobGroup();
    }
  }

  private JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(session().sparkContext());
  }

  static boolean isLocal(SparkConf conf) {
    return conf.get("spark.master", LOCAL).startsWith("local");
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public int slots() {
    SparkConf conf = new SparkConf();
    boolean allCores = conf.get("spark.master", LOCAL).equals(LOCAL);
    return allCores ? cores() : Math.max(asked(conf), spark().defaultParallelism());
  }

  /** Those that were asked for: of executors few have come when an application has just started. */
  private static int asked(SparkConf conf) {
    int ofExecutors =
        conf.getInt("spark.executor.instances", 0) * conf.getInt("spark.executor.cores", 1);
    return Math.max(conf.getInt("spark.cores.max", 0), ofExecutors);
  }

  /** Hadoop's settings, as spark-submit gives them or the environment has them. */
  private Configuration hadoop() {
    return session == null
        ? org.apache.spark.deploy.SparkHadoopUtil.get().newConfiguration(new SparkConf())
        : session.sparkContext().hadoopConfiguration();
  }

  private interface FolderCall<R> {
    R call() throws IOException;
  }

  /**
   * What is wrong with a folder or a query is the request's fault, what is wrong with a disk is
   * not. Spark throws checked exceptions that Java does not know of.
   */
  private <R> R attempt(FolderCall<R> call) {
    cancellation.throwIfRequested(null);
    try {
      return call.call();
    } catch (IllegalArgumentException e) {
      throw new RequestException(e.getMessage());
    } catch (Exception e) {
      cancellation.throwIfRequested(e);
      if (e instanceof EnvironmentException known) {
        throw known;
      }
      if (e instanceof AnalysisException query) { // without the plan, which says nothing to users
        throw new RequestException("Cannot query: " + query.getSimpleMessage());
      }
      throw new EnvironmentException(reason(e), e);
    }
  }

  /**
   * Does again what fails because files that it listed are gone: {@code compact} deletes those
   * whose rows have moved, and what lists them anew finds the same rows.
   */
  private <R> R reading(FolderCall<R> call) {
    return attempt(
        () -> {
          for (int i = 1; i < LISTINGS; i++) {
            try {
              return call.call();
            } catch (Exception e) {
              if (!isOfMissingFile(e)) {
                throw e;
              }
            }
          }
          return call.call();
        });
  }

  private static boolean isOfMissingFile(Throwable e) {
    return e != null
        && (e instanceof FileNotFoundException
            || isOfMissingFile(e.getCause())
            || Arrays.stream(e.getSuppressed()).anyMatch(SparkEngine::isOfMissingFile));
  }

  /**
   * Of the outermost exception that is not Spark's: Spark's message holds a page of stack trace.
   */
  static String reason(Throwable e) {
    Throwable cause = e;
    while (cause instanceof SparkException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.toString() : message.lines().findFirst().orElse("");
  }

  private SweepFolder open(String output) {
    return attempt(() -> SweepFolder.open(output, hadoop()));
  }

  @Override
  public void claim(String output) {
    attempt(() -> claimed(SweepFolder.create(output, hadoop()), "latentsweep run"));
  }

  /** A folder to which no other process writes until this engine is closed, without damage. */
  private SweepFolder claimed(SweepFolder folder, String command) throws IOException {
    if (lock == null) {
      folder.requireAtomicRename();
      lock = folder.lock(command, cancellation::request);
      events = folder.events();
      tellOf(folder.damaged().setAside());
    }
    return folder;
  }

  private static void tellOf(Collection<String> damaged) {
    damaged.forEach(
        file -> LOG.warn("Set aside {}, which is damaged; run again does what it lost", file));
  }

  @Override
  public RecordedRuns recorded(String output) {
    return reading(
        () -> {
          if (!SweepFolder.exists(output, hadoop())) {
            return RecordedRuns.NONE;
          }
          Collection<StoredRun> runs =
              SweepFolder.openDamaged(output, hadoop()).runs().inventory().runs().values();
          Map<Boolean, Set<RunId>> byFailure =
              runs.stream()
                  .collect(
                      Collectors.partitioningBy(
                          run -> run.row().outcome() == Outcome.FAILED,
                          Collectors.mapping(StoredRun::id, Collectors.toSet())));
          return new RecordedRuns(byFailure.get(false), byFailure.get(true), timings(runs));
        });
  }

  private static List<Timing> timings(Collection<StoredRun> runs) {
    return runs.stream()
        .filter(run -> run.row().outcome() == Outcome.COMPLETED && run.row().trainSeconds() > 0)
        .map(
            run ->
                new Timing(
                    run.id(),
                    run.row().backend().split(" ")[0], // the reason for its choice comes after it
                    run.row().trainSeconds(),
                    run.row().finishedAt()))
        .toList();
  }

  @Override
  public TimeEstimate seconds(SweepSpec spec, RecordedRuns recorded) {
    return new CostModel(spec.runs(), spec.backend(), recorded.timings(), isLocal(new SparkConf()));
  }

  @Override
  public int run(SweepSpec spec, SweepPlan plan, Consumer<Progress> progress) {
    return toldOf(
        "sweep_failed",
        () -> {
          SweepFolder folder =
              claimed(SweepFolder.create(spec.output(), hadoop()), "latentsweep run");
          folder.planned().add(spec.runs().stream().map(RunSpec::id).toList());
          if (!plan.packs().isEmpty()) {
            folder.runs().drop(plan.ids()); // those that failed before and are tried again
          }
          folder.cleanUp();
          return plan.packs().isEmpty()
              ? 0
              : new SweepJob(spark(), folder, spec, plan, events).run(progress);
        });
  }

  @Override
  public String live(String output, int port) {
    SweepFolder folder = open(output);
    try {
      live = new LiveSweep(folder, port);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot serve the live report on port %d: %s".formatted(port, e.getMessage()), e);
    }
    return live.uri().toString();
  }

  @Override
  public Table analyze(
      String output, List<String> metrics, List<Bandwidth> bandwidths, boolean snapshots) {
    List<MetricSet> sets = MetricFamily.sets(metrics, bandwidths, snapshots);
    SweepFolder folder =
        attempt(() -> claimed(SweepFolder.openDamaged(output, hadoop()), "latentsweep analyze"));
    Scoring.Report report = toldOf("metrics_failed", () -> score(folder, sets, metrics));
    tellOf(report.damaged());
    report
        .failures()
        .forEach(failure -> LOG.warn("Cannot score run {}: {}", failure.run(), failure.reason()));
    List<SummaryRow> summary = toldOf("metrics_failed", () -> summary(folder));
    String uri = mlflowUri();
    if (!uri.isEmpty()) {
      logToMlflow(uri, folder);
    }
    return new Table(
        org.latentsweep.table.Table.SUMMARY.columns(),
        summary.stream()
            .map(row -> Arrays.asList(org.latentsweep.table.Table.SUMMARY.rowType().values(row)))
            .toList());
  }

  private static String mlflowUri() {
    String variable = System.getenv().getOrDefault("MLFLOW_TRACKING_URI", "");
    return new SparkConf().get("spark.latentsweep.mlflow.trackingUri", variable);
  }

  /** The sweep is done by then: what the server does not take costs it no more than a warning. */
  private void logToMlflow(String uri, SweepFolder folder) {
    try {
      Views.define(session(), folder);
      new MlflowLog(uri, MLFLOW_LIMIT).write(session());
    } catch (RuntimeException | LinkageError e) {
      LOG.warn(
          "Cannot log to MLflow at {}: {}", PASSWORD.matcher(uri).replaceFirst("//"), reason(e));
    }
  }

  @Override
  public void report(
      String output, Optional<Path> into, List<RunId> animate, Consumer<String> told) {
    SweepFolder folder = open(output);
    try {
      ObjectNode shown =
          reading(
              () -> {
                SparkSession spark = sessionFor("report", "report " + folder);
                return Reporting.write(spark, folder, into, animate, hadoop(), told);
              });
      if (live != null) {
        live.endWith(shown);
      }
    } finally {
      endOfJobs();
    }
  }

  /** What a report of a folder shows, without writing it. */
  ObjectNode reportJson(String output) {
    SweepFolder folder = open(output);
    return reading(() -> Report.json(session(), folder, Version.TEXT));
  }

  @Override
  public Table compact(String output, int megabytes, Duration grace, Consumer<String> progress) {
    return attempt(
        () -> {
          SweepFolder folder =
              claimed(SweepFolder.openDamaged(output, hadoop()), "latentsweep compact");
          Compaction compaction = new Compaction(folder, megabytes * MEGA);
          Map<org.latentsweep.table.Table<?>, Compaction.Size> before = compaction.sizes();
          int merged = compaction.merge(this::spark);
          if (merged > 0) {
            progress.accept(
                "%d packs merged; their files go in %d s, once queries have ended that read them"
                    .formatted(merged, grace.toSeconds()));
            cancellation.sleep(grace);
            folder.cleanUp();
          }
          return sizes(before, compaction.sizes());
        });
  }

  private static Table sizes(
      Map<org.latentsweep.table.Table<?>, Compaction.Size> before,
      Map<org.latentsweep.table.Table<?>, Compaction.Size> after) {
    List<List<Object>> rows = new ArrayList<>();
    before.forEach(
        (table, size) ->
            rows.add(
                List.of(
                    table.tableName(),
                    size.files(),
                    after.get(table).files(),
                    size.bytes() / (double) MEGA,
                    after.get(table).bytes() / (double) MEGA)));
    return new Table(
        List.of("table", "files_before", "files_after", "megabytes_before", "megabytes_after"),
        rows);
  }

  private Scoring.Report score(SweepFolder folder, List<MetricSet> sets, List<String> families)
      throws IOException {
    try {
      Scoring.Report report = Scoring.run(() -> sparkToScore(folder, families), folder, sets);
      if (report.packs() > 0) {
        events.write(
            "metrics_finished",
            event ->
                event
                    .put("runs", report.runs())
                    .put("rows", report.rows())
                    .put("failures", report.failures().size()));
      }
      folder.damaged().setAside(report.damaged());
      return report;
    } finally {
      endOfJobs();
    }
  }

  /** Asked for only where there is something to score. */
  private JavaSparkContext sparkToScore(SweepFolder folder, List<String> families) {
    events.write("metrics_started", event -> families.forEach(event.putArray("metrics")::add));
    return JavaSparkContext.fromSparkContext(
        sessionFor("score", "score " + folder + ": " + String.join(", ", families)).sparkContext());
  }

  private List<SummaryRow> summary(SweepFolder folder) throws IOException {
    try {
      return Summary.upToDate(
          () -> sessionFor("summarise", "summarise " + folder + " across seeds"), folder);
    } finally {
      endOfJobs();
    }
  }

  /** Who follows the folder's events is told if it fails. */
  private <R> R toldOf(String failure, FolderCall<R> call) {
    try {
      return attempt(call);
    } catch (RuntimeException e) {
      if (events != null) {
        events.write(failure, event -> event.put("reason", e.getMessage()));
      }
      throw e;
    }
  }

  @Override
  public Table status(String output) {
    return attempt(() -> status(SweepFolder.openDamaged(output, hadoop())));
  }

  private static Table status(SweepFolder folder) throws IOException {
    Inventory inventory = folder.runs().inventory();
    Map<Outcome, Long> outcomes =
        inventory.runs().values().stream()
            .collect(Collectors.groupingBy(run -> run.row().outcome(), Collectors.counting()));
    Set<RunId> left = new HashSet<>(folder.planned().all());
    left.removeAll(inventory.runs().keySet());
    return new Table(
        List.of("completed", "diverged", "failed", "left", "packs_running", "damaged_files"),
        List.of(
            List.of(
                outcomes.getOrDefault(Outcome.COMPLETED, 0L),
                outcomes.getOrDefault(Outcome.DIVERGED, 0L),
                outcomes.getOrDefault(Outcome.FAILED, 0L),
                left.size(),
                folder.packsInFlight(),
                inventory.damaged().size())));
  }

  @Override
  public void cancel(String output) {
    boolean stopped = attempt(() -> SweepFolder.openDamaged(output, hadoop()).cancel(PATIENCE));
    if (!stopped) {
      throw new EnvironmentException(
          "Cannot cancel: what writes to %s has not stopped within %d s"
              .formatted(output, PATIENCE.toSeconds()),
          null);
    }
  }

  @Override
  public Table sql(String output, String query) {
    SweepFolder folder = open(output);
    return reading(
        () -> {
          Views.define(session(), folder);
          return table(session().sql(query));
        });
  }

  private static Table table(Dataset<Row> rows) {
    return new Table(
        Arrays.asList(rows.columns()),
        rows.collectAsList().stream().map(SparkEngine::values).toList());
  }

  private static List<Object> values(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(row::get)
        .map(SparkEngine::printable)
        .collect(Collectors.toList()); // which takes null
  }

  private static Object printable(Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    return value instanceof byte[] bytes ? bytes.length + " bytes" : value.toString();
  }

  @Override
  public Table sample(String output, RunId run, long count, long seed) {
    SweepFolder folder = open(output);
    return reading(() -> GeneratorSampling.draw(session(), folder, run, count, seed));
  }

  @Override
  public Table score(String file, String target, List<String> metrics, List<Bandwidth> bandwidths) {
    TargetDistribution p = Targets.named(target);
    List<MetricSet> sets = MetricFamily.sets(metrics, bandwidths, false);
    return attempt(
        () -> {
          float[] points = SampleFile.read(Path.of(file), p.dimensions());
          return new Table(
              SCORE, Scoring.score(p, points, sets).stream().map(SparkEngine::row).toList());
        });
  }

  /** Null where there is no such number, as in the tables. */
  private static List<Object> row(Metric metric) {
    List<Object> row =
        Arrays.asList(
            metric.metric(),
            metric.estimator(),
            metric.value(),
            metric.standardError(),
            metric.ciLow(),
            metric.ciHigh(),
            metric.floor(),
            metric.n(),
            metric.bandwidth(),
            metric.floored());
    row.replaceAll(value -> value instanceof Double number && number.isNaN() ? null : value);
    return row;
  }

  @Override
  public Table benchAnalysis(
      int runs,
      int samples,
      List<String> metrics,
      List<Bandwidth> bandwidths,
      Consumer<String> progress) {
    List<MetricSet> sets = MetricFamily.sets(metrics, bandwidths, false);
    return attempt(() -> AnalysisBench.measure(session(), runs, samples, sets, progress));
  }

  @Override
  public void close() {
    try (cancellation) {
      cancellation.awaitTasks();
      if (session != null) {
        session.stop();
      }
      if (lock != null) {
        events.close();
        lock.close();
      }
    } catch (IOException e) {
      LOG.warn("Cannot let go of the output folder: {}", e.getMessage());
    } finally {
      endLive(); // last, as an open page may have it wait, and it needs nothing of the rest
    }
  }

  /** Who cancelled waits for the end, and no page is worth more time. */
  private void endLive() {
    if (live != null && cancellation.isRequested()) {
      live.close();
    } else if (live != null) {
      live.finish();
    }
  }
}
