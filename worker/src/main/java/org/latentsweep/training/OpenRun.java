package org.latentsweep.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.latentsweep.random.RandomStream;
import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSet;

/** A run that has started and has no result yet. */
final class OpenRun {
  private final PackTrainer trainer;
  private final int place; // in the trainer's pack
  private final RunSpec spec;
  private final List<SampleSet> samples = new ArrayList<>();
  private float[] latents; // of all samples; null until the first are drawn
  private OptionalInt divergedInSampling = OptionalInt.empty();
  private Optional<String> failureOutsideTraining = Optional.empty();

  OpenRun(PackTrainer trainer, int place, RunSpec spec) {
    this.trainer = trainer;
    this.place = place;
    this.spec = spec;
  }

  RunSpec spec() {
    return spec;
  }

  /** Returns whether it has neither diverged nor failed. */
  boolean isActive() {
    return outcome() == Outcome.COMPLETED;
  }

  /** Draws the samples that are due after that step if the run is still active. */
  void draw(int step) {
    if (!isActive()) {
      return;
    }
    try {
      int n = spec.samples().samplesAt(step, spec.steps());
      float[] points =
          trainer.sample(
              place, Arrays.copyOf(latents(), Math.multiplyExact(n, spec.latentDimension())));
      if (finite(points)) {
        samples.add(new SampleSet(step, spec.distribution().dimensions(), points));
      } else {
        divergedInSampling = OptionalInt.of(step);
      }
    } catch (RuntimeException | LinkageError | AssertionError | OutOfMemoryError e) {
      failureOutsideTraining = Optional.of(failure(e));
    }
  }

  private float[] latents() {
    if (latents == null) {
      int n = Math.max(spec.samples().perSnapshot(), spec.samples().atEnd());
      latents = new float[Math.multiplyExact(n, spec.latentDimension())];
      spec.noise()
          .fill(RandomStream.EVALUATION_NOISE.at(spec.seed(), 0), spec.latentDimension(), latents);
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

  /** Returns the message of a run that failed because of an exception. */
  static String failure(Throwable e) {
    return e instanceof OutOfMemoryError
        ? "Cannot train: out of memory (" + e.getMessage() + ")"
        : e.toString();
  }

  private Optional<String> failure() {
    return trainer.failure(place).or(() -> failureOutsideTraining);
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

  /** Writes the trainer's state of the run, and the samples drawn so far. */
  void save(DataOutput out) throws IOException {
    trainer.save(place, out);
    out.writeInt(divergedInSampling.orElse(0));
    out.writeBoolean(failureOutsideTraining.isPresent());
    if (failureOutsideTraining.isPresent()) {
      out.writeUTF(failureOutsideTraining.get());
    }
    out.writeInt(samples.size());
    for (SampleSet set : samples) {
      out.writeInt(set.step());
      ExactNumbers.write(out, set.points());
    }
  }

  /** Loads what {@link #save} wrote; called before the first step. */
  void load(DataInput in) throws IOException {
    trainer.load(place, in);
    int diverged = in.readInt();
    divergedInSampling = diverged == 0 ? OptionalInt.empty() : OptionalInt.of(diverged);
    failureOutsideTraining = in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty();
    int sets = in.readInt();
    int d = spec.distribution().dimensions();
    for (int i = 0; i < sets; i++) {
      int step = in.readInt();
      float[] points =
          new float[Math.multiplyExact(spec.samples().samplesAt(step, spec.steps()), d)];
      ExactNumbers.read(in, points);
      samples.add(new SampleSet(step, d, points));
    }
  }

  /** Returns the result of the run, whose samples this object then no longer holds. */
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
    samples.clear(); // so that the samples of one run at a time are in memory
    return result;
  }

  private Optional<GeneratorArchive> archive() {
    if (!isActive()) {
      return Optional.empty();
    }
    try {
      return Optional.of(GeneratorArchiver.archive(spec, trainer.generatorParameters(place)));
    } catch (RuntimeException | OutOfMemoryError e) {
      failureOutsideTraining = Optional.of(failure(e));
      return Optional.empty();
    }
  }
}
