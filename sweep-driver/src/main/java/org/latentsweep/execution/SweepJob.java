package org.latentsweep.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.latentsweep.engine.EnvironmentException;
import org.latentsweep.engine.Monitor;
import org.latentsweep.engine.Progress;
import org.latentsweep.folder.EventLog;
import org.latentsweep.folder.HostName;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.run.RunPack;
import org.latentsweep.sweep.PlannedPack;
import org.latentsweep.sweep.SweepPlan;
import org.latentsweep.sweep.SweepSpec;
import org.latentsweep.sweep.Version;
import org.latentsweep.table.RunRow;
import org.latentsweep.training.BackendChoice;

/** The Spark job that trains the packs of a plan, with a task for each pack in the plan's order. */
final class SweepJob {
  private final JavaSparkContext spark;
  private final SweepFolder folder;
  private final SweepSpec spec;
  private final SweepPlan plan;
  private final EventLog events;
  private final Tally tally;
  private final String host;
  private Optional<RunRow> latest = Optional.empty(); // the run that was reported last

  SweepJob(
      JavaSparkContext spark, SweepFolder folder, SweepSpec spec, SweepPlan plan, EventLog events)
      throws IOException {
    this.spark = spark;
    this.folder = folder;
    this.spec = spec;
    this.plan = plan;
    this.events = events;
    this.tally = Tally.on(spark.sc());
    this.host = HostName.get();
  }

  /**
   * Trains, and returns once all packs are committed.
   *
   * @param monitor is shown the progress at every poll of the job
   * @return the number of runs that failed
   */
  int run(Monitor monitor) {
    Instant start = Instant.now();
    events.write("sweep_started", this::describe);
    JavaFutureAction<Void> job = submit();
    try {
      while (!isEnded(job)) {
        report(start, monitor);
      }
    } finally {
      report(start, monitor);
    }
    events.write(
        "sweep_finished",
        event ->
            event
                .put("done", tally.done().value())
                .put("failed", tally.failed().value())
                .put("diverged", tally.diverged().value())
                .put("steps", tally.steps().value()));
    return count(tally.failed());
  }

  private static int count(LongAccumulator runs) {
    return Math.toIntExact(runs.value());
  }

  private void describe(ObjectNode event) {
    event
        .put("sweep", spec.name())
        .put("version", Version.TEXT)
        .put("runs", plan.total())
        .put("finished", plan.finished())
        .put("failed", plan.failed())
        .put("left", plan.left())
        .put("packs", plan.packs().size())
        .put("slots", plan.slots())
        .put("backend", spec.backend())
        .put("application", spark.sc().applicationId())
        .put("host", host)
        .put("pid", ProcessHandle.current().pid());
  }

  private JavaFutureAction<Void> submit() {
    List<RunPack> packs = plan.packs().stream().map(PlannedPack::pack).toList();
    PackTask task =
        new PackTask(
            folder,
            spec.name(),
            spark.sc().applicationId(),
            spec.backend(),
            Gpus.packs(spark.getConf()),
            spec.checkpoints(),
            tally);
    JavaRDD<RunPack> rdd = spark.parallelize(packs, packs.size());
    spark.setJobGroup("train " + spec.name(), SweepLabel.of(spec.name(), packs));
    try {
      return (BackendChoice.usesDevices(spec.backend()) ? Gpus.training(rdd) : rdd)
          .foreachAsync(task);
    } finally {
      spark.clearJobGroup();
    }
  }

  private static boolean isEnded(JavaFutureAction<Void> job) {
    try {
      job.get(Ticker.PERIOD_MILLIS, TimeUnit.MILLISECONDS);
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
            + ErrorTranslation.reason(e)
            + "; what was committed is kept, run again to go on",
        e);
  }

  /** Reports what has changed since the last call, in events, metrics and progress. */
  private void report(Instant start, Monitor monitor) {
    List<RunRow> runs = tally.runs().drain();
    latest = runs.isEmpty() ? latest : Optional.of(runs.get(runs.size() - 1));
    runs.forEach(run -> events.write("run_finished", event -> RunEvent.describe(run, event)));
    Duration elapsed = Duration.between(start, Instant.now());
    int before = plan.finished() + plan.failed();
    int done = before + count(tally.done());
    int failed = plan.failed() + count(tally.failed());
    SweepMetrics.show(
        new SweepMetrics.Reading(
            done,
            failed,
            plan.total() - done,
            tally.steps().value() * 1e3 / Math.max(1, elapsed.toMillis())));
    monitor.show(
        new Progress(
            "training",
            "runs",
            plan.total(),
            before,
            done,
            counts(failed, count(tally.diverged())),
            elapsed,
            latest.map(SweepJob::text)));
  }

  private static List<String> counts(int failed, int diverged) {
    List<String> counts = new ArrayList<>();
    if (failed > 0) {
      counts.add(failed + " failed");
    }
    if (diverged > 0) {
      counts.add(diverged + " diverged");
    }
    return counts;
  }

  /** Returns a run and its losses after its last step, NaN if no step was done. */
  private static String text(RunRow run) {
    return String.format(
        Locale.ROOT,
        "%s k=%d seed=%d d_loss %.3f g_loss %.3f",
        run.target(),
        run.latentDim(),
        run.seed(),
        run.dLoss() == null ? Float.NaN : run.dLoss(),
        run.gLoss() == null ? Float.NaN : run.gLoss());
  }
}
