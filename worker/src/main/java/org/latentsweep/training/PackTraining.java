package org.latentsweep.training;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;

/**
 * Trains one pack from its first step, or from where its checkpoints are, to its results: advances
 * the program from one sampling step to the next, draws the scheduled samples, and closes each run
 * with its outcome.
 */
public final class PackTraining {
  /** Steps between two looks at whether to stop, and at whether a checkpoint is due. */
  private static final int STEPS_PER_POLL = 50;

  private PackTraining() {}

  /**
   * Trains a pack. With checkpoints, the runs are saved now and then and when the training is
   * cancelled, and go on from what was saved, with the bits of a training that was never stopped.
   *
   * @param pack the runs
   * @param choice the back end to use
   * @param policy how often the runs are saved
   * @param store where to; not touched if the policy says never
   * @param cancelled polled every few steps; once true the training stops
   * @param results takes each run's result, in the order of the pack
   * @throws CancellationException if cancelled
   */
  public static void train(
      RunPack pack,
      BackendChoice choice,
      CheckpointPolicy policy,
      CheckpointStore store,
      BooleanSupplier cancelled,
      Consumer<RunResult> results) {
    train(pack, choice, policy, store, System::nanoTime, cancelled, results);
  }

  /** The same by a clock of one's own. */
  static void train(
      RunPack pack,
      BackendChoice choice,
      CheckpointPolicy policy,
      CheckpointStore store,
      LongSupplier nanoTime,
      BooleanSupplier cancelled,
      Consumer<RunResult> results) {
    Checkpointing checkpoints = new Checkpointing(policy, store, nanoTime);
    List<RunSpec> runs = pack.runs();
    int together = choice.backend().runsPerProgram();
    for (int from = 0; from < runs.size(); from += together) {
      RunPack part = new RunPack(runs.subList(from, Math.min(from + together, runs.size())));
      try (Program program = checkpoints.start(part, choice)) {
        for (int next : part.shared().samples().steps(part.shared().steps())) {
          advance(program, next, checkpoints, cancelled);
        }
        program.close(results);
      }
    }
  }

  /** To a sampling step, with its samples; a checkpoint after that step holds them. */
  private static void advance(
      Program program, int to, Checkpointing checkpoints, BooleanSupplier cancelled) {
    while (program.step() < to) {
      if (cancelled.getAsBoolean()) {
        checkpoints.save(program);
        throw new CancellationException("Cannot finish the pack: it was cancelled");
      }
      int poll = Math.min(STEPS_PER_POLL, checkpoints.stepsToNext(program));
      program.advance(Math.min(poll, to - program.step()));
      if (program.step() == to) {
        program.draw();
      }
      checkpoints.saveIfDue(program);
    }
  }
}
