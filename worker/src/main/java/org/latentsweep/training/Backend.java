package org.latentsweep.training;

import java.util.Optional;
import java.util.OptionalInt;
import org.latentsweep.run.RunPack;

/**
 * A way to train packs of runs. A back end trains whole networks its own way: there is no interface
 * for single operations. {@link java.util.ServiceLoader} finds the back ends.
 */
public interface Backend {

  /** Returns the name in configurations and tables. */
  String name();

  /** Returns why it cannot be used on this machine; empty if it can. */
  Optional<String> unavailable();

  /** Returns how many runs it trains in one program at most; larger packs are split. */
  int runsPerProgram();

  /**
   * Returns how many devices, such as GPUs, it can train on in this process, which may be 0. It is
   * empty if the back end always trains on the processor's cores. It throws nothing, even if the
   * devices' libraries are missing.
   */
  default OptionalInt devices() {
    return OptionalInt.empty();
  }

  /**
   * Returns this back end on one of its devices. Without this call it trains on the first one.
   *
   * @param device the device as Spark names it: a decimal index, from 0, among the devices that
   *     this process sees. For CUDA it is the device ordinal: if {@code CUDA_VISIBLE_DEVICES} is
   *     set, it is an index into that list, not the number that {@code nvidia-smi} gives the GPU.
   */
  default Backend on(String device) {
    return this;
  }

  /** Starts a program for a pack, at step 0, with initial weights drawn from each run's seed. */
  PackTrainer start(RunPack pack);
}
