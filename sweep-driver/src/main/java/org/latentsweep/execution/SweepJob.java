package org.latentsweep.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.latentsweep.cli.EnvironmentException;
import org.latentsweep.cli.Progress;
import org.latentsweep.run.RunPack;
import org.latentsweep.sweep.PlannedPack;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;
import org.latentsweep.table.SweepFolder;

/**
 * Trains what is left of a sweep: one Spark job with a task for each pack, in the order of the
 * plan.
 */
final class SweepJob {
  private static final long POLL_MILLIS = 500;

  private final JavaSparkContext spark;
  private final SweepFolder folder;
  private final SweepSpec spec;
  private final SweepPlan plan;
  private final Tally tally = new Tally();

  SweepJob(JavaSparkContext spark, SweepFolder folder, SweepSpec spec, SweepPlan plan) {
    this.spark = spark;
    this.folder = folder;
    this.spec = spec;
    this.plan = plan;
  }

  /**
   * Trains, and returns once all packs are committed.
   *
   * @param progress told at every look at the job
   * @return how many of the runs failed
   */
  int run(Consumer<Progress> progress) {
    Instant start = Instant.now();
    spark.sc().register(tally, "runs");
    List<RunPack> packs = plan.packs().stream().map(PlannedPack::pack).toList();
    JavaFutureAction<Void> job =
        spark
            .parallelize(packs, packs.size())
            .foreachAsync(
                new PackTask(folder, spec.name(), spec.backend(), spec.checkpoints(), tally));
    try {
      while (!ended(job)) {
        progress.accept(progress(start));
      }
    } finally {
      progress.accept(progress(start));
    }
    return tally.value().failed();
  }

  private static boolean ended(JavaFutureAction<Void> job) {
    try {
      job.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      job.cancel(true);
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Cannot finish the sweep: it was interrupted", e);
    }
  }

  private static EnvironmentException failure(Throwable e) {
    return new EnvironmentException(
        "Cannot finish the sweep: "
            + SparkEngine.reason(e)
            + "; what was committed is kept, run again to go on",
        e);
  }

  private Progress progress(Instant start) {
    Tally.Value counts = tally.value();
    int before = plan.finished() + plan.failed();
    return new Progress(
        plan.total(),
        before,
        before + counts.done(),
        plan.failed() + counts.failed(),
        counts.diverged(),
        Duration.between(start, Instant.now()),
        counts
            .heardLast()
            .map(report -> new Progress.Latest(report.run(), report.dLoss(), report.gLoss())));
  }
}
