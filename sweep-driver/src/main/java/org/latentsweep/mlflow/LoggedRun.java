package org.latentsweep.mlflow;

import java.util.ArrayList;
import java.util.List;
import org.latentsweep.cell.FlatConfig;
import org.latentsweep.run.Outcome;
import org.latentsweep.table.RunRow;
import org.latentsweep.target.Targets;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;

/**
 * A finished run as MLflow's API represents it.
 *
 * @param id id of the run in latentsweep
 * @param tags where the run comes from
 * @param params its hyperparameters
 * @param metrics its losses after the last step, and its values of metrics
 * @param status failed if the run threw an exception; finished if it completed or diverged
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
  /** The tag with the id of a run in latentsweep. */
  static final String ID = "latentsweep.run_id";

  /** The tag with the outcome, which changes if a run that failed is tried again. */
  static final String OUTCOME = "latentsweep.outcome";

  /** Characters of a parameter that old versions of the server accept; newer ones accept more. */
  private static final int MAX_PARAM_LENGTH = 500;

  /** MLflow's REST API: every storage backend accepts values of tags of up to 5000 bytes. */
  private static final int MAX_TAG_LENGTH = 5000;

  /** Returns the representation of a row and the values of its metrics. */
  static LoggedRun of(RunRow run, List<MeasuredValue> values) {
    long end = run.finishedAt().toEpochMilli();
    return new LoggedRun(
        run.runId().hex(),
        tags(run),
        params(run),
        metrics(run, values, end),
        run.outcome() == Outcome.FAILED ? RunStatus.FAILED : RunStatus.FINISHED,
        run.startedAt().toEpochMilli(),
        end);
  }

  private static List<RunTag> tags(RunRow run) {
    return List.of(
        tag(ID, run.runId().hex()),
        tag(OUTCOME, run.outcome().tableName()),
        tag("latentsweep.config_hash", run.configHash()),
        tag("latentsweep.host", run.host()),
        tag("latentsweep.backend", run.backend()),
        tag("latentsweep.version", run.version()));
  }

  private static RunTag tag(String key, String value) {
    return RunTag.newBuilder().setKey(key).setValue(shortened(value, MAX_TAG_LENGTH)).build();
  }

  private static List<Param> params(RunRow run) {
    return FlatConfig.of(run.config()).entrySet().stream()
        .map(
            leaf ->
                Param.newBuilder()
                    .setKey(leaf.getKey())
                    .setValue(shortened(FlatConfig.text(leaf.getValue()), MAX_PARAM_LENGTH))
                    .build())
        .toList();
  }

  private static String shortened(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max);
  }

  private static List<Metric> metrics(RunRow run, List<MeasuredValue> values, long time) {
    double h = Targets.named(run.target()).defaultBandwidth();
    List<Metric> metrics = new ArrayList<>();
    if (run.dLoss() != null) { // null if no step was done, as is the generator's
      metrics.add(metric("d_loss", run.dLoss(), run.steps(), time));
      metrics.add(metric("g_loss", run.gLoss(), run.steps(), time));
    }
    values.forEach(v -> metrics.add(metric(v.name(h), v.value(), v.step(), time)));
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
}
