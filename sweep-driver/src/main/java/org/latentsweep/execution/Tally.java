package org.latentsweep.execution;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import org.latentsweep.run.Outcome;

/**
 * What tasks tell of the runs that they have committed: counts, which Spark's UI shows by name, and
 * a report of each run for the driver.
 *
 * @param done runs, however they ended
 * @param failed of them
 * @param diverged of them
 * @param steps of training that they did
 * @param reports of them
 */
record Tally(
    LongAccumulator done,
    LongAccumulator failed,
    LongAccumulator diverged,
    LongAccumulator steps,
    RunReports reports)
    implements Serializable {

  /** Starts at zero. */
  static Tally on(SparkContext spark) {
    RunReports reports = new RunReports();
    spark.register(reports); // without a name, by which the UI would show them all
    return new Tally(
        spark.longAccumulator("runs done"),
        spark.longAccumulator("runs failed"),
        spark.longAccumulator("runs diverged"),
        spark.longAccumulator("steps"),
        reports);
  }

  void add(RunReport report) {
    done.add(1);
    failed.add(report.outcome() == Outcome.FAILED ? 1 : 0);
    diverged.add(report.outcome() == Outcome.DIVERGED ? 1 : 0);
    steps.add(report.steps());
    reports.add(report);
  }
}
