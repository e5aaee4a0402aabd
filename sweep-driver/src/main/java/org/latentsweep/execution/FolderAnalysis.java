package org.latentsweep.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.latentsweep.cell.Summary;
import org.latentsweep.engine.Monitor;
import org.latentsweep.engine.Progress;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.scoring.MetricSet;
import org.latentsweep.scoring.Scoring;
import org.latentsweep.table.SummaryRow;
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
  private final Monitor monitor;

  FolderAnalysis(
      SparkApplication spark,
      ErrorTranslation errors,
      FolderClaim claim,
      SweepFolder folder,
      Monitor monitor) {
    this.spark = spark;
    this.errors = errors;
    this.claim = claim;
    this.folder = folder;
    this.monitor = monitor;
  }

  /**
   * Analyses the folder, and returns the summary across seeds.
   *
   * @param families names of the families to which the sets belong
   */
  List<SummaryRow> run(List<String> families, List<MetricSet> sets) {
    List<SummaryRow> summary =
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
    try (SparkApplication.JobGroup jobs = spark.jobGroup("score", description);
        Ticker ticker = jobs.watch(monitor, "scoring", "packs")) {
      ticker.start();
      Scoring.Result result = Scoring.run(() -> startScoring(jobs, families), folder, sets);
      if (result.packs() > 0) {
        claim.events().write("metrics_finished", event -> describe(result, event));
      }
      folder.damaged().setAside(result.damaged());
      return result;
    }
  }

  private static void describe(Scoring.Result result, ObjectNode event) {
    event
        .put("runs", result.runs())
        .put("rows", result.rows())
        .put("failures", result.failures().size());
  }

  /** Called only if there is something to score. */
  private JavaSparkContext startScoring(SparkApplication.JobGroup jobs, List<String> families) {
    claim
        .events()
        .write("metrics_started", event -> families.forEach(event.putArray("metrics")::add));
    return JavaSparkContext.fromSparkContext(jobs.session().sparkContext());
  }

  private static void warn(Scoring.Result result) {
    FolderClaim.warnOfDamaged(result.damaged());
    result
        .failures()
        .forEach(failure -> LOG.warn("Cannot score run {}: {}", failure.run(), failure.reason()));
  }

  /** Returns the summary, which is computed again if it is out of date. */
  private List<SummaryRow> summary() throws IOException {
    String description = "summarise " + folder + " across seeds";
    try (SparkApplication.JobGroup jobs = spark.jobGroup("summarise", description);
        Ticker ticker = new Ticker(monitor, elapsed -> new Progress("summary", elapsed))) {
      ticker.start();
      return Summary.upToDate(jobs::session, folder);
    }
  }
}
