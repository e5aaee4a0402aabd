package org.latentsweep.training;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves the programs of a pack, one after the other, and resumes them from earlier checkpoints.
 * Checkpoints only save time: if one cannot be used, read or written, a warning is logged and the
 * results stay the same.
 */
final class Checkpointing {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpointing.class);

  private final CheckpointPolicy policy;
  private final CheckpointStore store;
  private final LongSupplier nanoTime;
  private int lastStep; // of the current program, when it was started or last saved
  private long lastNanos; // of the clock at that step
  private boolean warned;

  /**
   * Uses the store only if the policy asks for checkpoints.
   *
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  Checkpointing(CheckpointPolicy policy, CheckpointStore store, LongSupplier nanoTime) {
    this.policy = policy;
    this.store = store;
    this.nanoTime = nanoTime;
  }

  /** Starts a program from the checkpoints of its runs if each has one, and otherwise at step 0. */
  Program start(RunPack pack, BackendChoice choice) {
    Program program = new Program(pack, choice);
    if (policy.isOn() && !resume(program)) {
      program.close();
      program = new Program(pack, choice);
    }
    restartInterval(program);
    return program;
  }

  /**
   * Loads the checkpoints of all runs, if there are any. Returns whether the program is in a valid
   * state, which is that of step 0 or of the checkpoints.
   */
  private boolean resume(Program program) {
    RunId current = null;
    try {
      for (OpenRun run : program.runs()) {
        current = run.spec().id();
        Optional<InputStream> checkpoint = store.read(current);
        if (checkpoint.isEmpty() && program.step() == 0) {
          return true;
        }
        try (InputStream in =
            checkpoint.orElseThrow(
                () -> new IOException("it has none, but other runs of its program have one"))) {
          program.checkpoint(run).read(in, state -> program.load(run, state));
        }
      }
      LOG.info(
          "Run {} continues after step {}, with all runs of its program", current, program.step());
      return true;
    } catch (IOException | RuntimeException e) { // RuntimeException: damaged lengths, for example
      LOG.warn("Starting from step 0: cannot use the checkpoint of run {}: {}", current, reason(e));
      return false;
    }
  }

  private static String reason(Throwable e) {
    return e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
  }

  /** Returns after how many steps a checkpoint may be due, which is at least 1. */
  int stepsToNext(Program program) {
    return policy.steps() == 0 ? Integer.MAX_VALUE : policy.steps() - (program.step() - lastStep);
  }

  /** Saves the program if a checkpoint is due. */
  void saveIfDue(Program program) {
    Duration passed = Duration.ofNanos(nanoTime.getAsLong() - lastNanos);
    if (policy.isDue(program.step() - lastStep, passed)) {
      save(program);
    }
  }

  /** Saves the program unless it is finished or has done no step since it was last saved. */
  void save(Program program) {
    if (policy.isOn() && program.hasStepsLeft() && program.step() > lastStep) {
      write(program);
    }
    restartInterval(program); // after a failure too, so that not every poll tries again
  }

  private void write(Program program) {
    try {
      for (OpenRun run : program.runs()) {
        CheckpointFile checkpoint = program.checkpoint(run);
        store.write(
            run.spec().id(), out -> checkpoint.write(out, state -> program.save(run, state)));
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      if (!warned) {
        LOG.warn("Continuing without a new checkpoint: {}", reason(e));
        warned = true;
      }
    }
  }

  private void restartInterval(Program program) {
    lastStep = program.step();
    lastNanos = nanoTime.getAsLong();
  }
}
