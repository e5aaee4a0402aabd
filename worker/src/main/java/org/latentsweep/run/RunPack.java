package org.latentsweep.run;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs that are trained in one program, by one task, and committed together. They share target,
 * latent dimension, steps and sample schedule, so that a pack's samples are one file and all its
 * runs stop at the same steps.
 *
 * @param runs at least one
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
   * @param target name
   * @param latentDimension k
   * @param steps of training
   * @param samples schedule
   */
  public record Shared(String target, int latentDimension, int steps, SampleSchedule samples) {
    /** Of one run. */
    public static Shared of(RunSpec run) {
      return new Shared(run.target(), run.latentDimension(), run.steps(), run.samples());
    }
  }

  /** What the runs have in common. */
  public Shared shared() {
    return Shared.of(runs.get(0));
  }

  /** A hash of the ids of its runs: names the pack's files. */
  public String id() {
    return RunId.of(runs.stream().map(run -> run.id().hex()).collect(Collectors.joining(" ")))
        .hex();
  }
}
