package org.latentsweep.execution;

import java.util.List;
import java.util.Optional;
import org.latentsweep.run.Outcome;
import org.latentsweep.table.RunRow;

/**
 * How far one job has come, as the driver knows it.
 *
 * @param done runs, however they ended
 * @param failed of them
 * @param diverged of them
 * @param steps of training that they did
 * @param latest of them; empty before the first
 */
record Headway(int done, int failed, int diverged, long steps, Optional<RunRow> latest) {
  static final Headway NONE = new Headway(0, 0, 0, 0, Optional.empty());

  Headway plus(List<RunRow> runs) {
    Headway sum = this;
    for (RunRow run : runs) {
      sum = sum.plus(run);
    }
    return sum;
  }

  private Headway plus(RunRow run) {
    return new Headway(
        done + 1,
        failed + (run.outcome() == Outcome.FAILED ? 1 : 0),
        diverged + (run.outcome() == Outcome.DIVERGED ? 1 : 0),
        steps + run.stepsDone(),
        Optional.of(run));
  }
}
