package org.latentsweep.execution;

import org.latentsweep.run.RunSpec;
import org.latentsweep.sweep.Flops;

/**
 * What runs cost on one core. Targets and latent dimensions need no factors of their own: in a grid
 * of 3 targets, k = 1, 10, 100, 3 generators and 2 batch sizes the medians of their residuals are
 * within 3%.
 *
 * @param secondsPerStep whatever the networks' sizes, 0 or more
 * @param secondsPerFlop of the matrix products, above 0
 */
record Cost(double secondsPerStep, double secondsPerFlop) {
  /** Of opening and archiving one run, beside its steps and samples. */
  private static final double SECONDS_PER_RUN = 0.01;

  /** Of all of a run: its steps, its samples, and what every run takes. */
  double seconds(RunSpec run) {
    return SECONDS_PER_RUN + run.steps() * secondsPerStep + Flops.perRun(run) * secondsPerFlop;
  }

  /** Of its steps alone, which is what is timed. */
  double trainSeconds(RunSpec run) {
    return run.steps() * (secondsPerStep + Flops.perStep(run) * secondsPerFlop);
  }
}
