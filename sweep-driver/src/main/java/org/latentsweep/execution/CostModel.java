package org.latentsweep.execution;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.sweep.Flops;
import org.latentsweep.sweep.RequestException;
import org.latentsweep.training.BackendChoice;
import org.latentsweep.training.PackTrainer;

/**
 * Seconds of a run on one core of this machine: a constant for each step, and a rate for its
 * floating-point operations. Both are fitted to the times of a few steps of the largest and the
 * smallest networks of the sweep, measured when the first estimate is asked for.
 */
final class CostModel implements ToDoubleFunction<RunSpec> {
  private static final double WARM_UP_SECONDS = 0.5;
  private static final double TIMED_SECONDS = 0.5;
  private static final int CHUNK = 5; // steps between two looks at the clock

  /** Of opening, sampling and archiving one run, beside its steps. */
  private static final double SECONDS_PER_RUN = 0.01;

  private final List<RunSpec> runs;
  private final String backend;
  private double secondsPerStep;
  private double secondsPerFlop;

  CostModel(List<RunSpec> runs, String backend) {
    this.runs = runs;
    this.backend = backend;
  }

  @Override
  public double applyAsDouble(RunSpec run) {
    if (secondsPerFlop == 0) {
      fit();
    }
    return SECONDS_PER_RUN + run.steps() * secondsPerStep + Flops.perRun(run) * secondsPerFlop;
  }

  private void fit() {
    Comparator<RunSpec> bySize = Comparator.comparingDouble(Flops::perStep);
    RunSpec largest = runs.stream().max(bySize).orElseThrow();
    RunSpec smallest = runs.stream().min(bySize).orElseThrow();
    double large = stepSeconds(largest);
    secondsPerFlop = large / Flops.perStep(largest);
    if (Flops.perStep(largest) > 2 * Flops.perStep(smallest)) {
      double small = stepSeconds(smallest);
      double slope = (large - small) / (Flops.perStep(largest) - Flops.perStep(smallest));
      if (slope > 0) {
        secondsPerFlop = slope;
        secondsPerStep = Math.max(0, large - slope * Flops.perStep(largest));
      }
    }
  }

  private double stepSeconds(RunSpec run) {
    try (PackTrainer trainer = choice().backend().start(new RunPack(List.of(run)))) {
      double warmUp = train(trainer, WARM_UP_SECONDS);
      return ended(trainer) ? warmUp : train(trainer, TIMED_SECONDS);
    }
  }

  private BackendChoice choice() {
    try {
      return BackendChoice.of(backend);
    } catch (IllegalStateException e) { // cannot be used here
      throw new RequestException(e.getMessage());
    }
  }

  /**
   * Trains for about that long, and returns the seconds of a step. A run that diverges or fails on
   * the way is as long as it got.
   */
  private static double train(PackTrainer trainer, double seconds) {
    int before = trainer.history(0).size();
    long start = System.nanoTime();
    double elapsed;
    do {
      trainer.advance(CHUNK);
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (elapsed < seconds && !ended(trainer));
    return elapsed / Math.max(1, trainer.history(0).size() - before);
  }

  private static boolean ended(PackTrainer trainer) {
    return trainer.divergedAt(0).isPresent() || trainer.failure(0).isPresent();
  }
}
