package org.latentsweep.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.latentsweep.cell.Summary;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.scoring.MetricSet;
import org.latentsweep.scoring.Scoring;
import org.latentsweep.table.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command {@code analyze}: computes the missing metrics of a claimed folder and the summary
 * across seeds, and logs the runs to MLflow.
 */
final class FolderAnalysis {
  private static final Logger LOG = LoggerFactory.getLogger(FolderAnalysis.class);

  private final SparkApplication spark;
  private final ErrorTranslation errors;
  private final FolderClaim claim;
  private final SweepFolder folder;

  FolderAnalysis(
      SparkApplication spark, ErrorTranslation errors, FolderClaim claim, SweepFolder folder) {
    this.spark = spark;
    this.errors = errors;
    this.claim = claim;
    this.folder = folder;
  }

  /**
   * Analyses the folder, and returns the summary across seeds.
   *
   * @param families names of the families to which the sets belong
   */
  ResultTable run(List<String> families, List<MetricSet> sets) {
    ResultTable summary =
        claim.reportFailure(
            "metrics_failed",
            () -> {
              warn(errors.attempt(() -> score(families, sets)));
              return errors.attempt(this::summary);
            });
    MlflowUpload.upload(spark, folder);
    return summary;
  }

  private Scoring.Result score(List<String> families, List<MetricSet> sets) throws IOException {
    String description = "score " + folder + ": " + String.join(", ", families);
    try (SparkApplication.JobGroup jobs = spark.jobGroup("score", description)) {
      Scoring.Result report = Scoring.run(() -> startScoring(jobs, families), folder, sets);
      if (report.packs() > 0) {
        claim.events().write("metrics_finished", event -> describe(report, event));
      }
      folder.damaged().setAside(report.damaged());
      return report;
    }
  }

  private static void describe(Scoring.Result report, ObjectNode event) {
    event
        .put("runs", report.runs())
        .put("rows", report.rows())
        .put("failures", report.failures().size());
  }

  /** Is called only if there is something to score. */
  private JavaSparkContext startScoring(SparkApplication.JobGroup jobs, List<String> families) {
    claim
        .events()
        .write("metrics_started", event -> families.forEach(event.putArray("metrics")::add));
    return JavaSparkContext.fromSparkContext(jobs.session().sparkContext());
  }

  private static void warn(Scoring.Result report) {
    FolderClaim.warnOfDamaged(report.damaged());
    report
        .failures()
        .forEach(failure -> LOG.warn("Cannot score run {}: {}", failure.run(), failure.reason()));
  }

  /** Returns the summary, which is computed again if it is out of date. */
  private ResultTable summary() throws IOException {
    String description = "summarise " + folder + " across seeds";
    try (SparkApplication.JobGroup jobs = spark.jobGroup("summarise", description)) {
      return new ResultTable(
          Table.SUMMARY.columns(),
          Summary.upToDate(jobs::session, folder).stream()
              .map(row -> Arrays.asList(Table.SUMMARY.rowType().values(row)))
              .toList());
    }
  }
}
