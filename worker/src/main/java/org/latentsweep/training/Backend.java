package org.latentsweep.training;

import java.util.Optional;
import java.util.OptionalInt;
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

  /**
   * How many devices, such as GPUs, it can train on in this process; 0 where there are none. Empty
   * if it trains on the processor's cores, here and everywhere. Throws nothing, also where the
   * devices' libraries are missing.
   */
  default OptionalInt devices() {
    return OptionalInt.empty();
  }

  /**
   * This back end on one of its devices; before that, it trains on the first.
   *
   * @param device as Spark names it: a decimal index, from 0, among the devices that this process
   *     sees. For CUDA that is the device ordinal: where {@code CUDA_VISIBLE_DEVICES} is set, an
   *     index into it, and not the number that {@code nvidia-smi} gives the GPU.
   */
  default Backend on(String device) {
    return this;
  }

  /** Starts a program for a pack, at step 0, with initial weights from each run's seed. */
  PackTrainer start(RunPack pack);
}
