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
 * Saves the programs of a pack, one after the other, and finds what was saved of them before. A
 * checkpoint only ever saves time: one that is of no use, or cannot be read or written, is told in
 * the log and changes no result.
 */
final class Checkpointing {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpointing.class);

  private final CheckpointPolicy policy;
  private final CheckpointStore store;
  private final LongSupplier nanoTime;
  private int savedStep; // of the program that was started last
  private long savedAt;
  private boolean warned;

  /**
   * Asks the store for nothing if the policy says none.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  Checkpointing(CheckpointPolicy policy, CheckpointStore store, LongSupplier nanoTime) {
    this.policy = policy;
    this.store = store;
    this.nanoTime = nanoTime;
  }

  /**
   * Starts a program where the checkpoints of all its runs are, if there are such, or at step 0.
   */
  Program start(RunPack pack, BackendChoice choice) {
    Program program = new Program(pack, choice);
    if (policy.isOn() && !resume(program)) {
      program.close();
      program = new Program(pack, choice);
    }
    mark(program);
    return program;
  }

  /** Returns whether the program can be used. */
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
            checkpoint.orElseThrow(() -> new IOException("there is none, but of its mates"))) {
          program.checkpoint(run).read(in, state -> program.load(run, state));
        }
      }
      LOG.info("Run {} goes on after step {}, with all of its program", current, program.step());
      return true;
    } catch (IOException | RuntimeException e) { // such as lengths that are none
      LOG.warn("Starting anew: cannot use the checkpoint of run {}: {}", current, reason(e));
      return false;
    }
  }

  private static String reason(Exception e) {
    return e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
  }

  /** In so many steps at most a checkpoint may be due; at least 1. */
  int stepsToNext(Program program) {
    return policy.steps() == 0 ? Integer.MAX_VALUE : policy.steps() - (program.step() - savedStep);
  }

  /** Saves the program if it is time. */
  void saveIfDue(Program program) {
    Duration passed = Duration.ofNanos(nanoTime.getAsLong() - savedAt);
    if (policy.isDue(program.step() - savedStep, passed)) {
      save(program);
    }
  }

  /** Saves the program, unless that would save no time. */
  void save(Program program) {
    if (policy.isOn() && program.goesOn() && program.step() > savedStep) {
      write(program);
    }
    mark(program); // where it failed too, so that not every look tries again
  }

  private void write(Program program) {
    try {
      for (OpenRun run : program.runs()) {
        CheckpointFile checkpoint = program.checkpoint(run);
        store.write(
            run.spec().id(), out -> checkpoint.write(out, state -> program.save(run, state)));
      }
    } catch (IOException | RuntimeException e) {
      if (!warned) {
        LOG.warn("Going on without a new checkpoint: {}", reason(e));
        warned = true;
      }
    }
  }

  private void mark(Program program) {
    savedStep = program.step();
    savedAt = nanoTime.getAsLong();
  }
}
