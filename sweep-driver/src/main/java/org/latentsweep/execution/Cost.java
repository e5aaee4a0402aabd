package org.latentsweep.execution;

import org.latentsweep.run.RunSpec;
import org.latentsweep.sweep.Flops;

/**
 * A model of the time that runs take on one core. It has no factors for targets and latent
 * dimensions: in a grid of 3 targets, k = 1, 10, 100, 3 generators and 2 batch sizes the medians of
 * their residuals were within 3%.
 *
 * @param secondsPerStep part of the time of a step that does not depend on the sizes of the
 *     networks, at least 0
 * @param secondsPerFlop time of a floating-point operation in the matrix products, above 0
 */
record Cost(double secondsPerStep, double secondsPerFlop) {
  /** Chosen by judgement: the time to prepare and archive one run. */
  private static final double SECONDS_PER_RUN = 0.01;

  /** Returns the time of a whole run. */
  double seconds(RunSpec run) {
    return SECONDS_PER_RUN + run.steps() * secondsPerStep + Flops.perRun(run) * secondsPerFlop;
  }

  /** Returns the time of the training steps of a run, which is the time that is recorded. */
  double trainSeconds(RunSpec run) {
    return run.steps() * (secondsPerStep + Flops.perStep(run) * secondsPerFlop);
  }
}
