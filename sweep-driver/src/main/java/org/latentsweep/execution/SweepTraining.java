package org.latentsweep.execution;

import java.io.IOException;
import org.latentsweep.engine.Monitor;
import org.latentsweep.folder.EventLog;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.run.RunSpec;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;

/** The training of {@code run}: prepares a claimed folder, and trains the runs of a plan. */
final class SweepTraining {
  private SweepTraining() {}

  /** Trains, and returns the number of runs that failed. */
  static int run(
      SparkApplication spark,
      SweepFolder folder,
      EventLog events,
      SweepSpec spec,
      SweepPlan plan,
      Monitor monitor)
      throws IOException {
    boolean isDone = plan.packs().isEmpty();
    folder.planned().add(spec.runs().stream().map(RunSpec::id).toList());
    if (!isDone) {
      folder.runs().drop(plan.ids()); // runs that failed before and are tried again
    }
    folder.cleanUp();
    return isDone ? 0 : new SweepJob(spark.context(), folder, spec, plan, events).run(monitor);
  }
}
