package org.latentsweep.training;

import java.util.Optional;
import org.latentsweep.run.RunPack;

/**
 * A way to train packs of runs. The seam is the whole program, never a single operation. Found by
 * {@link java.util.ServiceLoader}.
 */
public interface Backend {

  /** The name in configurations and tables. */
  String name();

  /** Why it cannot be used on this machine; empty where it can. */
  Optional<String> unavailable();

  /** How many runs it trains in one program, at most; a pack is cut accordingly. */
  int runsPerProgram();

  /** Starts a program for a pack, at step 0, with initial weights from each run's seed. */
  PackTrainer start(RunPack pack);
}
