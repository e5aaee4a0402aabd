package org.latentsweep.execution;

import java.io.Serializable;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;

/**
 * What the driver hears of a run that was committed; all else is in the tables.
 *
 * @param run which
 * @param outcome how it ended
 * @param dLoss the discriminator's last loss; NaN before the first step
 * @param gLoss the generator's last loss; NaN before the first step
 */
record RunReport(RunSpec run, Outcome outcome, double dLoss, double gLoss) implements Serializable {

  static RunReport of(RunResult result) {
    int last = result.history().size() - 1;
    return new RunReport(
        result.spec(),
        result.outcome(),
        last < 0 ? Double.NaN : result.history().dLoss(last),
        last < 0 ? Double.NaN : result.history().gLoss(last));
  }
}
