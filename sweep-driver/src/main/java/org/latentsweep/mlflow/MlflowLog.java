package org.latentsweep.mlflow;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.run.Outcome;
import org.latentsweep.table.RowType;
import org.latentsweep.table.Table;
import org.mlflow.tracking.MlflowClient;

/**
 * Logs finished runs to an MLflow tracking server. Each sweep becomes an experiment with its name.
 * Each run is logged once, as a run of it with the same id. The server tells which runs it has
 * already.
 */
public final class MlflowLog {
  private static final RowType<LoggableRun> LOGGABLE = RowType.of(LoggableRun.class);
  private static final RowType<MeasuredValue> VALUE = RowType.of(MeasuredValue.class);

  private static final String LOGGABLE_RUNS = "SELECT run_id, sweep, outcome FROM runs";

  /** Rows of {@code runs}, each with an array of the values of its metrics. */
  private static final String UNLOGGED_RUNS =
      """
      SELECT r.*, m.measured FROM runs r JOIN unlogged USING (run_id) LEFT JOIN (
        SELECT run_id, sort_array(collect_list(struct(step, metric, bandwidth, value))) AS measured
        FROM metrics WHERE outcome = 'measured' AND value IS NOT NULL GROUP BY run_id) m
      USING (run_id)
      """;

  private final String uri;
  private final Duration timeout;

  /** The columns of a run that tell whether it must be logged. */
  private record LoggableRun(String runId, String sweep, Outcome outcome) {}

  /**
   * Creates a log that has not connected yet.
   *
   * @param uri address of the server, as in MLFLOW_TRACKING_URI
   * @param timeout the longest time that logging a run may take
   */
  public MlflowLog(String uri, Duration timeout) {
    this.uri = uri;
    this.timeout = timeout;
  }

  /**
   * Logs the runs of a folder that the server does not have.
   *
   * @param spark a session whose views are the tables of the folder
   * @return the number of runs that were logged
   * @throws IllegalStateException with the reason, if the server does not accept them
   */
  public int write(SparkSession spark) {
    Map<String, List<LoggableRun>> bySweep =
        spark.sql(LOGGABLE_RUNS).collectAsList().stream()
            .map(LOGGABLE::row)
            .collect(Collectors.groupingBy(LoggableRun::sweep));
    int logged = 0;
    try (TimeLimiter limiter = new TimeLimiter(timeout)) {
      MlflowClient client = limiter.call(() -> new MlflowClient(uri));
      for (Map.Entry<String, List<LoggableRun>> sweep : bySweep.entrySet()) {
        Experiment experiment = limiter.call(() -> new Experiment(client, sweep.getKey()));
        List<String> missing =
            sweep.getValue().stream()
                .filter(run -> !experiment.holds(run.runId(), run.outcome().tableName()))
                .map(LoggableRun::runId)
                .toList();
        if (!missing.isEmpty()) {
          log(spark, missing, experiment, limiter);
          logged += missing.size();
        }
      }
    }
    return logged;
  }

  private static void log(
      SparkSession spark, List<String> missing, Experiment experiment, TimeLimiter limiter) {
    spark
        .createDataset(missing, Encoders.STRING())
        .toDF("run_id")
        .createOrReplaceTempView("unlogged");
    Iterator<Row> rows = spark.sql(UNLOGGED_RUNS).toLocalIterator(); // one partition in memory
    while (rows.hasNext()) {
      LoggedRun run = loggedRun(rows.next());
      limiter.call(
          () -> {
            experiment.log(run);
            return run;
          });
    }
  }

  private static LoggedRun loggedRun(Row row) {
    int measured = row.fieldIndex("measured");
    List<Row> values = row.isNullAt(measured) ? List.of() : row.getList(measured);
    return LoggedRun.of(Table.RUNS.rowType().row(row), values.stream().map(VALUE::row).toList());
  }
}
