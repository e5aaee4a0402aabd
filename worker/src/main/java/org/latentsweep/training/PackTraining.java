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
 * Trains one pack from its first step, or from its checkpoints, to its results. It advances the
 * program from one sampling step to the next, draws the scheduled samples, and closes each run with
 * its outcome.
 */
public final class PackTraining {
  /**
   * The number of steps between two polls of whether to stop and whether a checkpoint is due.
   * Chosen by judgement: a poll takes a negligible part of the time of that many steps, which with
   * the study's networks is a few seconds at most (BENCHMARKS.md).
   */
  private static final int STEPS_PER_POLL = 50;

  private PackTraining() {}

  /**
   * Trains a pack. With checkpoints, the runs are saved as the policy says and when the training is
   * cancelled. The next training of the pack then continues from the checkpoints and gives the same
   * bits as a training that was never stopped.
   *
   * @param pack the runs
   * @param choice the back end
   * @param policy how often the runs are saved
   * @param store where they are saved; not used if the policy is never to save
   * @param cancelled polled every few steps; when it returns true, the training stops
   * @param results receives each run's result, in the order of the pack
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

  /** Trains a pack with another clock than {@link System#nanoTime}. */
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
    int runsTogether = choice.backend().runsPerProgram();
    for (int from = 0; from < runs.size(); from += runsTogether) {
      RunPack part = new RunPack(runs.subList(from, Math.min(from + runsTogether, runs.size())));
      try (Program program = checkpoints.start(part, choice)) {
        for (int next : part.shared().samples().steps(part.shared().steps())) {
          advance(program, next, checkpoints, cancelled);
        }
        program.close(results);
      }
    }
  }

  /**
   * Advances the program to a sampling step and draws the samples there. A checkpoint after that
   * step contains them.
   */
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
