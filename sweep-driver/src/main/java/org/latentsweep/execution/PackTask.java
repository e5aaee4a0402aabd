package org.latentsweep.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.table.Checkpoints;
import org.latentsweep.table.PackWriter;
import org.latentsweep.table.Provenance;
import org.latentsweep.table.SweepFolder;
import org.latentsweep.training.BackendChoice;
import org.latentsweep.training.CheckpointPolicy;
import org.latentsweep.training.PackTraining;

/**
 * What one Spark task does: trains a pack, writes the rows of each run as it ends, and commits them
 * together. A run that diverges or throws is a result; only the infrastructure throws here.
 *
 * @param folder to write to
 * @param sweep name of the sweep
 * @param backend name of the back end, or {@code auto}
 * @param policy how often runs in training are saved
 * @param tally of what was committed
 */
record PackTask(
    SweepFolder folder, String sweep, String backend, CheckpointPolicy policy, Tally tally)
    implements VoidFunction<RunPack> {

  @Override
  public void call(RunPack pack) throws IOException {
    TaskContext task = TaskContext.get();
    Checkpoints checkpoints = folder.checkpoints();
    List<RunReport> reports = new ArrayList<>();
    try (PackWriter writer = folder.startPack(pack, provenance(task))) {
      PackTraining.train(
          pack,
          BackendChoice.of(backend),
          policy,
          checkpoints,
          task::isInterrupted,
          result -> {
            add(writer, result);
            reports.add(RunReport.of(result));
          });
      writer.commit();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    checkpoints.delete(pack.runs().stream().map(RunSpec::id).toList());
    reports.forEach(tally::add);
  }

  private static void add(PackWriter writer, RunResult result) {
    try {
      writer.add(result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Provenance provenance(TaskContext task) throws IOException {
    return new Provenance(
        sweep,
        "stage %d task %d attempt %d"
            .formatted(task.stageId(), task.partitionId(), task.attemptNumber()),
        InetAddress.getLocalHost().getHostName(),
        Version.TEXT);
  }
}
