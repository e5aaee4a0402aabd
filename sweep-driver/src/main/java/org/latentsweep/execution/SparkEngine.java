package org.latentsweep.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latentsweep.engine.Engine;
import org.latentsweep.engine.EnvironmentException;
import org.latentsweep.engine.Monitor;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.report.Report;
import org.latentsweep.run.RunId;
import org.latentsweep.scoring.MetricFamily;
import org.latentsweep.scoring.MetricSet;
import org.latentsweep.sweep.OutputPath;
import org.latentsweep.sweep.RecordedRuns;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;
import org.latentsweep.sweep.TimeEstimate;
import org.latentsweep.sweep.Version;
import org.latentsweep.table.SummaryRow;
import org.latentsweep.target.Targets;

/** Executes the commands on Spark: hands each call to the class of this package that does it. */
public final class SparkEngine implements Engine {
  /** Longer than a process takes to stop, which {@link Cancellation} limits. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

  private final SparkApplication spark = new SparkApplication();
  private final Cancellation cancellation = new Cancellation(spark::started);
  private final ErrorTranslation errors = new ErrorTranslation(cancellation);
  private final FolderClaim claim = new FolderClaim(cancellation::request);
  private LiveSweep live; // null unless a report is served while the sweep runs

  /** Creates an engine, which starts Spark only when it is needed. */
  public SparkEngine() {}

  private SweepFolder open(String output) {
    return errors.attempt(
        () -> SweepFolder.open(OutputPath.requireLiteral(output), spark.hadoop()));
  }

  /** Opens a folder that may have damaged files. */
  private SweepFolder openDamaged(String output) throws IOException {
    return SweepFolder.openDamaged(OutputPath.requireLiteral(output), spark.hadoop());
  }

  private SweepFolder claimForTraining(String output) throws IOException {
    return claim.claim(SweepFolder.create(output, spark.hadoop()), "latentsweep run");
  }

  @Override
  public void claim(String output) {
    errors.attempt(() -> claimForTraining(output));
  }

  @Override
  public RecordedRuns recorded(String output) {
    return errors.attemptReading(() -> RecordedRunsReader.read(output, spark.hadoop()));
  }

  @Override
  public TimeEstimate seconds(SweepSpec spec, RecordedRuns recorded) {
    return CostModel.of(spec, recorded);
  }

  @Override
  public double logDeviation(String output) {
    return errors.attemptReading(() -> RecordedRunsReader.logDeviation(output, spark.hadoop()));
  }

  @Override
  public long freeBytes(String output) {
    return errors.attempt(() -> SweepFolder.freeBytes(output, spark.hadoop()));
  }

  @Override
  public int slots() {
    return spark.slots();
  }

  @Override
  public int run(SweepSpec spec, SweepPlan plan, Monitor monitor) {
    return claim.reportFailure(
        "sweep_failed",
        () ->
            errors.attempt(
                () -> {
                  SweepFolder folder = claimForTraining(spec.output());
                  return SweepTraining.run(spark, folder, claim.events(), spec, plan, monitor);
                }));
  }

  @Override
  public String live(String output, int port) {
    live = LiveSweep.start(open(output), port);
    return live.uri().toString();
  }

  @Override
  public List<SummaryRow> analyze(
      String output,
      List<String> metrics,
      List<Bandwidth> bandwidths,
      boolean snapshots,
      Monitor monitor) {
    List<MetricSet> sets = MetricFamily.sets(metrics, bandwidths, snapshots);
    SweepFolder folder =
        errors.attempt(() -> claim.claim(openDamaged(output), "latentsweep analyze"));
    return new FolderAnalysis(spark, errors, claim, folder, monitor).run(metrics, sets);
  }

  @Override
  public void report(String output, Optional<Path> into, List<RunId> animate, Monitor monitor) {
    SweepFolder folder = open(output);
    try (SparkApplication.JobGroup jobs = spark.jobGroup("report", "report " + folder)) {
      ObjectNode shown =
          errors.attemptReading(
              () ->
                  ReportWriter.write(
                      jobs.session(), folder, into, animate, spark.hadoop(), monitor));
      if (live != null) {
        live.showAtEnd(shown);
      }
    }
  }

  /** A live page needs the report's data, so that the report is written in any case. */
  @Override
  public void updateReport(String output, Monitor monitor) {
    SweepFolder folder = open(output);
    boolean current =
        live == null && errors.attemptReading(() -> ReportWriter.isCurrent(folder, spark.hadoop()));
    if (current) {
      monitor.say("report: " + folder + "/" + Report.PAGE + ", which is up to date");
    } else {
      report(output, Optional.empty(), List.of(), monitor);
    }
  }

  /** Returns what a report of a folder shows, without writing it. */
  ObjectNode reportJson(String output) {
    SweepFolder folder = open(output);
    return errors.attemptReading(() -> Report.json(spark.session(), folder, Version.TEXT));
  }

  @Override
  public ResultTable compact(String output, int megabytes, Duration grace, Monitor monitor) {
    return errors.attempt(
        () ->
            new FolderCompaction(spark, cancellation)
                .run(
                    claim.claim(openDamaged(output), "latentsweep compact"),
                    megabytes,
                    grace,
                    monitor));
  }

  @Override
  public ResultTable status(String output) {
    return errors.attempt(() -> FolderStatus.of(openDamaged(output)));
  }

  @Override
  public void cancel(String output) {
    boolean stopped = errors.attempt(() -> openDamaged(output).cancel(STOP_TIMEOUT));
    if (!stopped) {
      throw new EnvironmentException(
          String.format(
              Locale.ROOT,
              "Cannot cancel: what writes to %s has not stopped within %d s",
              output,
              STOP_TIMEOUT.toSeconds()),
          null);
    }
  }

  @Override
  public ResultTable sql(String output, String query) {
    SweepFolder folder = open(output);
    return errors.attemptReading(() -> SqlQuery.run(spark.session(), folder, query));
  }

  @Override
  public ResultTable sample(String output, RunId run, long count, long seed) {
    SweepFolder folder = open(output);
    return errors.attemptReading(
        () -> new GeneratorSampling(folder, run, count, seed).table(spark.context()));
  }

  @Override
  public void sampleInto(
      String output, RunId run, long count, long seed, String into, Monitor monitor) {
    SweepFolder folder = open(output);
    errors.attempt(
        () -> {
          GeneratorSampling sampling = new GeneratorSampling(folder, run, count, seed);
          try (SparkApplication.JobGroup jobs = spark.jobGroup("sample", "sample run " + run);
              Ticker ticker = jobs.watch(monitor, "sampling", "tasks")) {
            ticker.start();
            sampling.write(jobs.session(), new org.apache.hadoop.fs.Path(into));
          }
          return null;
        });
  }

  @Override
  public ResultTable score(
      String file,
      List<String> columns,
      String target,
      List<String> metrics,
      List<Bandwidth> bandwidths,
      Monitor monitor) {
    List<MetricSet> sets = MetricFamily.sets(metrics, bandwidths, false);
    return errors.attempt(
        () -> FileScoring.score(Path.of(file), columns, Targets.named(target), sets, monitor));
  }

  @Override
  public ResultTable benchAnalysis(
      int runs, int samples, List<String> metrics, List<Bandwidth> bandwidths, Monitor monitor) {
    List<MetricSet> sets = MetricFamily.sets(metrics, bandwidths, false);
    return errors.attempt(
        () -> AnalysisBench.measure(spark.session(), runs, samples, sets, monitor));
  }

  /** Closes the live report last, because it may wait for an open page and needs nothing else. */
  @Override
  public void close() {
    try (cancellation;
        claim;
        spark) {
      cancellation.awaitTasks();
    } finally {
      if (live != null) {
        live.end(cancellation.isRequested());
      }
    }
  }
}
