package org.latentsweep.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;

/** Runs that one trainer trains together, from their first step to their results. */
final class Program implements AutoCloseable {
  private final BackendChoice choice;
  private final PackTrainer trainer;
  private final List<OpenRun> runs;
  private final int steps;
  private Instant startedAt = Instant.now();
  private int step;

  /** Starts the runs of a pack at step 0. */
  Program(RunPack pack, BackendChoice choice) {
    this.choice = choice;
    trainer = choice.backend().start(pack);
    runs =
        IntStream.range(0, pack.runs().size())
            .mapToObj(place -> new OpenRun(trainer, place, pack.runs().get(place)))
            .toList();
    steps = pack.shared().steps();
  }

  /** Returns the number of steps done. */
  int step() {
    return step;
  }

  List<OpenRun> runs() {
    return runs;
  }

  /** Returns whether there are steps left, and runs that have not diverged or failed. */
  boolean hasStepsLeft() {
    return step < steps && runs.stream().anyMatch(OpenRun::isActive);
  }

  void advance(int more) {
    trainer.advance(more);
    step += more;
  }

  /** Draws the samples that are due now. */
  void draw() {
    runs.forEach(run -> run.draw(step));
  }

  /** Returns the checkpoint format with the header of one of the runs. */
  CheckpointFile checkpoint(OpenRun run) {
    return new CheckpointFile(run.spec().id(), choice.backend().name(), trainer.device());
  }

  /** Writes the state of one of the runs. */
  void save(OpenRun run, DataOutput out) throws IOException {
    out.writeInt(step);
    out.writeLong(startedAt.getEpochSecond());
    out.writeInt(startedAt.getNano());
    run.save(out);
  }

  /**
   * Loads what {@link #save} wrote of one of the runs; called before the first step, for each run
   * or for none. If it fails, the program must not be used any more.
   *
   * @throws IOException if the state cannot be read, or another run was saved after another step
   */
  void load(OpenRun run, DataInput in) throws IOException {
    int saved = in.readInt();
    if (saved < 1 || saved >= steps || (step > 0 && step != saved)) {
      throw new IOException("it was saved after step " + saved + ", which does not fit");
    }
    step = saved;
    startedAt = Instant.ofEpochSecond(in.readLong(), in.readInt());
    run.load(in);
  }

  /** Closes the runs and passes on their results. */
  void close(Consumer<RunResult> results) {
    for (OpenRun run : runs) {
      results.accept(run.close(runs.size(), choice.description(), startedAt));
    }
  }

  @Override
  public void close() {
    trainer.close();
  }
}
