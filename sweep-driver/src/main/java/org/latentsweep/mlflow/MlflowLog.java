package org.latentsweep.mlflow;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.mlflow.tracking.MlflowClient;

/**
 * Logs finished runs to an MLflow tracking server, each once: an experiment for each sweep, by its
 * name, and in it a run for each run, by its id. Which runs are there is asked of the server.
 */
public final class MlflowLog {
  private static final String RUNS =
      """
      SELECT r.*, m.measured FROM runs r JOIN unlogged USING (run_id) LEFT JOIN (
        SELECT run_id, sort_array(collect_list(struct(step, metric, bandwidth, value))) AS measured
        FROM metrics WHERE outcome = 'measured' AND value IS NOT NULL GROUP BY run_id) m
      USING (run_id)
      """;

  private final String uri;
  private final Duration limit;

  /**
   * Connects to nothing yet.
   *
   * @param uri of the server, as MLFLOW_TRACKING_URI has it
   * @param limit to wait for a run to be logged
   */
  public MlflowLog(String uri, Duration limit) {
    this.uri = uri;
    this.limit = limit;
  }

  /**
   * Logs the runs of a folder that the server does not hold.
   *
   * @param spark whose views are the folder's tables
   * @return how many they were
   * @throws IllegalStateException with the reason, if the server does not take them
   */
  public int write(SparkSession spark) {
    Map<String, List<Row>> bySweep =
        spark.sql("SELECT run_id, sweep, outcome FROM runs").collectAsList().stream()
            .collect(Collectors.groupingBy(row -> row.<String>getAs("sweep")));
    int logged = 0;
    try (Patience patience = new Patience(limit)) {
      MlflowClient client = patience.await(() -> new MlflowClient(uri));
      for (Map.Entry<String, List<Row>> sweep : bySweep.entrySet()) {
        Experiment experiment = patience.await(() -> new Experiment(client, sweep.getKey()));
        List<String> missing =
            sweep.getValue().stream()
                .filter(row -> !experiment.holds(row.getAs("run_id"), row.getAs("outcome")))
                .map(row -> row.<String>getAs("run_id"))
                .toList();
        if (!missing.isEmpty()) {
          log(spark, missing, experiment, patience);
          logged += missing.size();
        }
      }
    }
    return logged;
  }

  private static void log(
      SparkSession spark, List<String> missing, Experiment experiment, Patience patience) {
    spark
        .createDataset(missing, Encoders.STRING())
        .toDF("run_id")
        .createOrReplaceTempView("unlogged");
    Iterator<Row> rows = spark.sql(RUNS).toLocalIterator(); // not all in memory at once
    while (rows.hasNext()) {
      LoggedRun run = LoggedRun.of(rows.next());
      patience.await(
          () -> {
            experiment.log(run);
            return run;
          });
    }
  }
}
