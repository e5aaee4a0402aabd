package org.latentsweep.execution;

import java.util.List;
import java.util.Optional;
import org.latentsweep.run.Outcome;

/**
 * How far one job has come, as the driver knows it.
 *
 * @param done runs, however they ended
 * @param failed of them
 * @param diverged of them
 * @param steps of training that they did
 * @param latest of them; empty before the first
 */
record Headway(int done, int failed, int diverged, long steps, Optional<RunReport> latest) {
  static final Headway NONE = new Headway(0, 0, 0, 0, Optional.empty());

  Headway plus(List<RunReport> reports) {
    Headway sum = this;
    for (RunReport report : reports) {
      sum = sum.plus(report);
    }
    return sum;
  }

  private Headway plus(RunReport report) {
    return new Headway(
        done + 1,
        failed + (report.outcome() == Outcome.FAILED ? 1 : 0),
        diverged + (report.outcome() == Outcome.DIVERGED ? 1 : 0),
        steps + report.steps(),
        Optional.of(report));
  }
}
