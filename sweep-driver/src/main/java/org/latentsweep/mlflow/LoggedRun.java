package org.latentsweep.mlflow;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.latentsweep.cell.FlatConfig;
import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.run.Outcome;
import org.latentsweep.target.Targets;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;

/**
 * A finished run in MLflow's words.
 *
 * @param id of the run
 * @param tags where it comes from
 * @param params its hyperparameters
 * @param metrics its losses after the last step and its rows of {@code metrics}
 * @param status failed where the run threw an exception; one that diverged is finished
 * @param startTime in milliseconds since 1970
 * @param endTime in milliseconds since 1970
 */
record LoggedRun(
    String id,
    List<RunTag> tags,
    List<Param> params,
    List<Metric> metrics,
    RunStatus status,
    long startTime,
    long endTime) {
  /** The tag by which a run is known. */
  static final String ID = "latentsweep.run_id";

  /** The tag that changes where a run that failed is tried again. */
  static final String OUTCOME = "latentsweep.outcome";

  /** Of a parameter's value: what the oldest servers take. */
  private static final int LONGEST_PARAM = 500;

  private static final int LONGEST_TAG = 5000;

  /** From a row of {@code runs} with an array {@code measured} of its rows of {@code metrics}. */
  static LoggedRun of(Row run) {
    long end = run.<Timestamp>getAs("finished_at").getTime();
    String outcome = run.getAs("outcome");
    return new LoggedRun(
        run.getAs("run_id"),
        tags(run),
        params(run),
        metrics(run, end),
        outcome.equals(Outcome.FAILED.tableName()) ? RunStatus.FAILED : RunStatus.FINISHED,
        run.<Timestamp>getAs("started_at").getTime(),
        end);
  }

  private static List<RunTag> tags(Row run) {
    Map<String, String> tags = new TreeMap<>();
    for (String column :
        List.of("run_id", "config_hash", "outcome", "host", "backend", "version")) {
      tags.put("latentsweep." + column, run.getAs(column));
    }
    return tags.entrySet().stream()
        .map(
            tag ->
                RunTag.newBuilder()
                    .setKey(tag.getKey())
                    .setValue(shortened(tag.getValue(), LONGEST_TAG))
                    .build())
        .toList();
  }

  private static List<Param> params(Row run) {
    return FlatConfig.of(run.getAs("config")).entrySet().stream()
        .map(
            leaf ->
                Param.newBuilder()
                    .setKey(leaf.getKey())
                    .setValue(shortened(FlatConfig.text(leaf.getValue()), LONGEST_PARAM))
                    .build())
        .toList();
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  private static List<Metric> metrics(Row run, long time) {
    List<Metric> metrics = new ArrayList<>();
    for (String loss : List.of("d_loss", "g_loss")) {
      Float value = run.getAs(loss);
      if (value != null) {
        metrics.add(metric(loss, value, run.<Integer>getAs("steps"), time));
      }
    }
    if (run.getAs("measured") != null) {
      double h = Targets.named(run.getAs("target")).defaultBandwidth();
      for (Row row : run.<Row>getList(run.fieldIndex("measured"))) {
        metrics.add(
            metric(name(row, h), row.<Double>getAs("value"), row.<Integer>getAs("step"), time));
      }
    }
    return metrics;
  }

  private static Metric metric(String name, double value, int step, long time) {
    return Metric.newBuilder()
        .setKey(name)
        .setValue(value)
        .setStep(step)
        .setTimestamp(time)
        .build();
  }

  /** With the bandwidth, as in {@code kl_mean/2h}, where it is not the target's own. */
  private static String name(Row row, double h) {
    String metric = row.getAs("metric");
    if (!SmoothedDivergences.names().contains(metric)) {
      return metric;
    }
    Bandwidth bandwidth = new Bandwidth(row.<Double>getAs("bandwidth") / h);
    return bandwidth.factor() == 1 ? metric : metric + "/" + bandwidth.label();
  }
}
