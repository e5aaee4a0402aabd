package org.latentsweep.execution;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import org.latentsweep.run.Outcome;
import org.latentsweep.table.RunRow;

/**
 * What tasks tell of the runs that they have committed: counts, which Spark's UI shows by name, and
 * the row of each run for the driver.
 *
 * @param done runs, however they ended
 * @param failed of them
 * @param diverged of them
 * @param steps of training that they did
 * @param runs their rows
 */
record Tally(
    LongAccumulator done,
    LongAccumulator failed,
    LongAccumulator diverged,
    LongAccumulator steps,
    CommittedRuns runs)
    implements Serializable {

  /** Starts at zero. */
  static Tally on(SparkContext spark) {
    CommittedRuns runs = new CommittedRuns();
    spark.register(runs); // without a name, by which the UI would show them all
    return new Tally(
        spark.longAccumulator("runs done"),
        spark.longAccumulator("runs failed"),
        spark.longAccumulator("runs diverged"),
        spark.longAccumulator("steps"),
        runs);
  }

  void add(RunRow run) {
    done.add(1);
    failed.add(run.outcome() == Outcome.FAILED ? 1 : 0);
    diverged.add(run.outcome() == Outcome.DIVERGED ? 1 : 0);
    steps.add(run.stepsDone());
    runs.add(run);
  }
}
