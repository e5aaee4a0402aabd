package org.latentsweep.execution;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import org.latentsweep.run.Outcome;
import org.latentsweep.table.RunRow;

/**
 * Accumulators that tell the driver about the runs that tasks have committed: counts, which Spark's
 * UI shows by name, and the row of each run.
 *
 * @param done number of runs, whatever their outcome
 * @param failed number of runs that failed
 * @param diverged number of runs that diverged
 * @param steps number of training steps of all runs
 * @param runs the rows of the runs
 */
record Tally(
    LongAccumulator done,
    LongAccumulator failed,
    LongAccumulator diverged,
    LongAccumulator steps,
    CommittedRuns runs)
    implements Serializable {

  /** Creates accumulators at zero. */
  static Tally on(SparkContext spark) {
    CommittedRuns runs = new CommittedRuns();
    spark.register(runs); // without a name, so that the UI does not show all rows
    return new Tally(
        spark.longAccumulator("runs done"),
        spark.longAccumulator("runs failed"),
        spark.longAccumulator("runs diverged"),
        spark.longAccumulator("steps"),
        runs);
  }

  /** Adds a run that was committed. */
  void add(RunRow run) {
    done.add(1);
    failed.add(run.outcome() == Outcome.FAILED ? 1 : 0);
    diverged.add(run.outcome() == Outcome.DIVERGED ? 1 : 0);
    steps.add(run.stepsDone());
    runs.add(run);
  }
}
