package org.latentsweep.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.latentsweep.table.RunRow;

/** The fields of the event {@code run_finished} in {@code events.jsonl}. */
final class RunEvent {
  private RunEvent() {}

  /** Adds the fields of a run to an event. */
  static void describe(RunRow run, ObjectNode event) {
    event
        .put("run_id", run.runId().hex())
        .put("target", run.target())
        .put("latent_dim", run.latentDim())
        .put("seed", run.seed())
        .put("outcome", run.outcome().tableName())
        .put("steps", run.stepsDone())
        .put("d_loss", finite(run.dLoss()))
        .put("g_loss", finite(run.gLoss()))
        .put("train_seconds", run.trainSeconds())
        .put("host", run.host())
        .put("device", run.device());
  }

  /** Returns null for numbers that JSON cannot hold. */
  private static Double finite(Float value) {
    return value == null || !Float.isFinite(value) ? null : value.doubleValue();
  }
}
