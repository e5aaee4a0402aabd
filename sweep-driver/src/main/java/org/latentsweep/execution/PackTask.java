package org.latentsweep.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.resource.ResourceInformation;
import org.latentsweep.folder.Checkpoints;
import org.latentsweep.folder.HostName;
import org.latentsweep.folder.PackWriter;
import org.latentsweep.folder.Provenance;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.sweep.Version;
import org.latentsweep.table.RunRow;
import org.latentsweep.training.BackendChoice;
import org.latentsweep.training.CheckpointPolicy;
import org.latentsweep.training.PackTraining;

/**
 * The work of one Spark task: trains a pack, writes the rows of each run when it ends, and commits
 * all of them together. A run that diverges or throws an exception is a result; exceptions from
 * here are failures of the infrastructure. If an earlier attempt has committed the pack but could
 * not report it, the pack is not trained again.
 *
 * @param folder the output folder
 * @param sweep name of the sweep
 * @param application Spark's id of the application
 * @param backend name of the back end, or {@code auto}
 * @param packsPerDevice number of packs in training at the same time on each device, if the back
 *     end uses devices
 * @param policy how often runs in training are saved
 * @param tally receives the runs that were committed
 */
record PackTask(
    SweepFolder folder,
    String sweep,
    String application,
    String backend,
    int packsPerDevice,
    CheckpointPolicy policy,
    Tally tally)
    implements VoidFunction<RunPack> {

  @Override
  public void call(RunPack pack) throws IOException {
    Optional<List<RunRow>> committed = folder.runs().ofPack(pack);
    List<RunRow> runs = committed.isPresent() ? committed.get() : train(pack, TaskContext.get());
    runs.forEach(tally::add);
  }

  private List<RunRow> train(RunPack pack, TaskContext task) throws IOException {
    BackendChoice choice = BackendChoice.of(backend);
    OptionalInt devices = choice.backend().devices();
    if (devices.isEmpty()) {
      return train(pack, task, choice);
    }
    try (DeviceSlots.HeldDevice held =
        DeviceSlots.OF_PROCESS.take(
            devices(task, devices.getAsInt()), packsPerDevice, task::isInterrupted)) {
      return train(pack, task, choice.on(held.device()));
    }
  }

  /** Returns the device that Spark assigned to the task, or all devices if it assigned none. */
  private static List<String> devices(TaskContext task, int all) {
    ResourceInformation given = task.resourcesJMap().get(Gpus.RESOURCE);
    return given == null
        ? IntStream.range(0, all).mapToObj(Integer::toString).toList()
        : List.of(given.addresses()[0]);
  }

  private List<RunRow> train(RunPack pack, TaskContext task, BackendChoice choice)
      throws IOException {
    Provenance provenance = provenance(task);
    Checkpoints checkpoints = folder.checkpoints();
    List<RunRow> rows = new ArrayList<>();
    try (PackWriter writer = folder.startPack(pack, provenance)) {
      PackTraining.train(
          pack,
          choice,
          policy,
          checkpoints,
          task::isInterrupted,
          result -> rows.add(add(writer, result)));
      writer.commit();
    } catch (OutOfMemoryError e) { // not in a run, which fails alone: Spark would end the process
      throw new IOException(
          String.format(
              Locale.ROOT, "Cannot write pack %s: out of memory (%s)", pack.id(), e.getMessage()),
          e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    checkpoints.delete(pack.runs().stream().map(RunSpec::id).toList());
    return rows;
  }

  private static RunRow add(PackWriter writer, RunResult result) {
    try {
      return writer.add(result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Provenance provenance(TaskContext task) {
    return new Provenance(
        sweep,
        String.format(
            Locale.ROOT,
            "%s stage %d task %d attempt %d",
            application,
            task.stageId(),
            task.partitionId(),
            task.attemptNumber()),
        HostName.get(),
        Version.TEXT);
  }
}
