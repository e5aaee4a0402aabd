package org.latentsweep.training;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.latentsweep.random.RandomStream;
import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSet;

/**
 * Trains one pack from its first step to its results: advances the program from one sampling step
 * to the next, draws the scheduled samples, and closes each run with its outcome.
 */
public final class PackTraining {
  /** Steps between two looks at whether to stop. */
  private static final int STEPS_PER_POLL = 50;

  private PackTraining() {}

  /**
   * Trains a pack.
   *
   * @param pack the runs
   * @param choice the back end to use
   * @param cancelled polled every few steps; once true the training stops
   * @param results takes each run's result, in the order of the pack
   * @throws CancellationException if cancelled
   */
  public static void train(
      RunPack pack, BackendChoice choice, BooleanSupplier cancelled, Consumer<RunResult> results) {
    List<RunSpec> runs = pack.runs();
    int together = choice.backend().runsPerProgram();
    for (int from = 0; from < runs.size(); from += together) {
      int to = Math.min(from + together, runs.size());
      trainTogether(new RunPack(runs.subList(from, to)), choice, cancelled, results);
    }
  }

  private static void trainTogether(
      RunPack pack, BackendChoice choice, BooleanSupplier cancelled, Consumer<RunResult> results) {
    Instant startedAt = Instant.now();
    int steps = pack.shared().steps();
    try (PackTrainer trainer = choice.backend().start(pack)) {
      List<OpenRun> runs =
          IntStream.range(0, pack.runs().size())
              .mapToObj(place -> new OpenRun(trainer, place, pack.runs().get(place)))
              .toList();
      int step = 0;
      for (int next : pack.shared().samples().steps(steps)) {
        advance(trainer, next - step, cancelled);
        step = next;
        runs.forEach(run -> run.draw(next));
      }
      for (OpenRun run : runs) {
        results.accept(run.close(runs.size(), choice.description(), startedAt));
      }
    }
  }

  private static void advance(PackTrainer trainer, int steps, BooleanSupplier cancelled) {
    for (int done = 0; done < steps; done += STEPS_PER_POLL) {
      if (cancelled.getAsBoolean()) {
        throw new CancellationException("Cannot finish the pack: it was cancelled");
      }
      trainer.advance(Math.min(STEPS_PER_POLL, steps - done));
    }
  }

  /** One run between its start and its result. */
  private static final class OpenRun {
    private final PackTrainer trainer;
    private final int place;
    private final RunSpec spec;
    private final List<SampleSet> samples = new ArrayList<>();
    private float[]
        latents; // the fixed ones that all samples are drawn from; none before the first
    private OptionalInt divergedInSampling = OptionalInt.empty();
    private Optional<String> failedOutside = Optional.empty(); // of the training steps

    OpenRun(PackTrainer trainer, int place, RunSpec spec) {
      this.trainer = trainer;
      this.place = place;
      this.spec = spec;
    }

    /** Draws the samples that are due after that step, if the run still goes on. */
    void draw(int step) {
      if (outcome() != Outcome.COMPLETED) {
        return;
      }
      try {
        int n = spec.samples().samplesAt(step, spec.steps());
        float[] points =
            trainer.sample(place, Arrays.copyOf(latents(), n * spec.latentDimension()));
        if (finite(points)) {
          samples.add(new SampleSet(step, spec.distribution().dimensions(), points));
        } else {
          divergedInSampling = OptionalInt.of(step);
        }
      } catch (RuntimeException | LinkageError | AssertionError e) {
        failedOutside = Optional.of(e.toString());
      }
    }

    private float[] latents() {
      if (latents == null) {
        int most = Math.max(spec.samples().perSnapshot(), spec.samples().atEnd());
        latents = new float[most * spec.latentDimension()];
        spec.noise()
            .fill(
                RandomStream.EVALUATION_NOISE.at(spec.seed(), 0), spec.latentDimension(), latents);
      }
      return latents;
    }

    private static boolean finite(float[] values) {
      for (float x : values) {
        if (!Float.isFinite(x)) {
          return false;
        }
      }
      return true;
    }

    private Optional<String> failure() {
      return trainer.failure(place).or(() -> failedOutside);
    }

    private OptionalInt divergedAt() {
      OptionalInt inTraining = trainer.divergedAt(place);
      return inTraining.isPresent() ? inTraining : divergedInSampling;
    }

    private Outcome outcome() {
      if (failure().isPresent()) {
        return Outcome.FAILED;
      }
      return divergedAt().isPresent() ? Outcome.DIVERGED : Outcome.COMPLETED;
    }

    RunResult close(int packSize, String backend, Instant startedAt) {
      Optional<GeneratorArchive> archive = archive();
      Outcome outcome = outcome();
      RunResult result =
          new RunResult(
              spec,
              outcome,
              failure(),
              divergedAt(),
              trainer.history(place),
              samples,
              archive,
              trainer.trainSeconds(place),
              packSize,
              backend,
              trainer.device(),
              startedAt,
              Instant.now());
      samples.clear(); // the samples of all runs of a pack need not be in memory together
      return result;
    }

    private Optional<GeneratorArchive> archive() {
      if (outcome() != Outcome.COMPLETED) {
        return Optional.empty();
      }
      try {
        return Optional.of(GeneratorArchiver.archive(spec, trainer.generatorParameters(place)));
      } catch (RuntimeException e) {
        failedOutside = Optional.of(e.toString());
        return Optional.empty();
      }
    }
  }
}
