package org.latentsweep.run;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs that one task trains and commits together. They share their target, latent dimension, steps
 * and sample schedule, so that their samples fit into one file and are drawn after the same steps.
 *
 * @param runs the runs, at least one
 */
public record RunPack(List<RunSpec> runs) implements Serializable {

  /** Copies the runs and checks what they share. */
  public RunPack {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("Cannot make a pack: it has no runs");
    }
    if (runs.stream().map(Shared::of).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "Cannot make a pack: its runs differ in target, latent dimension, steps or samples");
    }
  }

  /**
   * What all runs of one pack have in common.
   *
   * @param target the name of the target
   * @param latentDimension k
   * @param steps the number of training steps
   * @param samples when samples are drawn, and how many
   */
  public record Shared(String target, int latentDimension, int steps, SampleSchedule samples) {
    /** Returns these values of one run. */
    public static Shared of(RunSpec run) {
      return new Shared(run.target(), run.latentDimension(), run.steps(), run.samples());
    }
  }

  /** Returns what the runs have in common. */
  public Shared shared() {
    return Shared.of(runs.get(0));
  }

  /** Returns the hash of the ids of its runs, by which the pack's files are named. */
  public String id() {
    return RunId.of(runs.stream().map(run -> run.id().hex()).collect(Collectors.joining(" ")))
        .hex();
  }
}
