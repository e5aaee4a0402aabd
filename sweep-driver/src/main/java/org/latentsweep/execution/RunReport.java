package org.latentsweep.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import org.latentsweep.folder.CommittedRun;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;

/**
 * What the driver hears of a run that was committed; all else is in the tables.
 *
 * @param run which
 * @param outcome how it ended
 * @param steps that were done
 * @param dLoss the discriminator's last loss; NaN if no step was done
 * @param gLoss the generator's last loss; NaN if no step was done
 * @param trainSeconds time in its training steps
 * @param device that it ran on
 * @param host that it ran on
 */
record RunReport(
    RunSpec run,
    Outcome outcome,
    int steps,
    double dLoss,
    double gLoss,
    double trainSeconds,
    String device,
    String host)
    implements Serializable {

  /** Of a run that was trained just now. */
  static RunReport of(RunResult result, String host) {
    int steps = result.history().size();
    return new RunReport(
        result.spec(),
        result.outcome(),
        steps,
        steps == 0 ? Double.NaN : result.history().dLoss(steps - 1),
        steps == 0 ? Double.NaN : result.history().gLoss(steps - 1),
        result.trainSeconds(),
        result.device(),
        host);
  }

  /** Of a run that an earlier attempt trained. */
  static RunReport of(RunSpec run, CommittedRun row) {
    return new RunReport(
        run,
        row.outcome(),
        row.steps(),
        row.dLoss(),
        row.gLoss(),
        row.trainSeconds(),
        row.device(),
        row.host());
  }

  /** Adds what it says to an event. */
  void describe(ObjectNode event) {
    event
        .put("run_id", run.id().hex())
        .put("target", run.target())
        .put("latent_dim", run.latentDimension())
        .put("seed", run.seed())
        .put("outcome", outcome.tableName())
        .put("steps", steps)
        .put("d_loss", finite(dLoss))
        .put("g_loss", finite(gLoss))
        .put("train_seconds", trainSeconds)
        .put("host", host)
        .put("device", device);
  }

  /** JSON knows no other numbers. */
  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
