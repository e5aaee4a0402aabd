package org.latentsweep.folder;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.History;
import org.latentsweep.run.Outcome;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.run.SampleSet;
import org.latentsweep.target.NoiseLaw;

/** Makes small runs, and results that depend only on the specification of the run. */
public final class TestRuns {
  /** The number of training steps of every run. */
  public static final int STEPS = 5;

  /** The provenance of every pack. */
  public static final Provenance PROVENANCE = new Provenance("test", "0.1", "here", "0.1.0");

  private static final Instant START = Instant.parse("2026-01-02T03:04:05.123456Z");

  private TestRuns() {}

  /** Returns a run with 3 samples after step 2, 3 after step 4, and 10 after the last step. */
  public static RunSpec spec(String target, int k, long seed) {
    return spec(target, k, seed, new SampleSchedule(2, 3, 10));
  }

  /** Returns a run with another schedule of samples. */
  public static RunSpec spec(String target, int k, long seed, SampleSchedule samples) {
    MlpSpec network = new MlpSpec(List.of(8), Activation.RELU, Activation.LINEAR);
    AdamSpec adam = new AdamSpec(1e-3, 0.9, 0.999, 1e-8);
    return new RunSpec(
        target,
        new NoiseLaw.Normal(),
        k,
        network,
        network,
        Loss.NON_SATURATING,
        adam,
        adam,
        STEPS,
        16,
        samples,
        seed);
  }

  /** Returns a pack of the runs of one grid cell with these seeds, both included. */
  public static RunPack pack(String target, int k, int from, int to) {
    return new RunPack(
        IntStream.rangeClosed(from, to).mapToObj(seed -> spec(target, k, seed)).toList());
  }

  /** Returns a result in which all steps were done. */
  public static RunResult completed(RunSpec spec) {
    return result(spec, Outcome.COMPLETED, STEPS);
  }

  /** Returns a result in which all steps were done and these samples drawn. */
  public static RunResult completed(RunSpec spec, List<SampleSet> samples) {
    return result(spec, Outcome.COMPLETED, STEPS, samples);
  }

  /** Returns a result that diverged in step 3, with the samples drawn before. */
  public static RunResult diverged(RunSpec spec) {
    return result(spec, Outcome.DIVERGED, 3);
  }

  /** Returns a result that failed before the first step. */
  public static RunResult failed(RunSpec spec) {
    return result(spec, Outcome.FAILED, 0);
  }

  private static RunResult result(RunSpec spec, Outcome outcome, int steps) {
    Random random = new Random(spec.seed());
    int d = spec.distribution().dimensions();
    List<SampleSet> samples = new ArrayList<>();
    for (int step : spec.samples().steps(STEPS)) {
      if (step <= steps) {
        float[] points = new float[d * spec.samples().samplesAt(step, STEPS)];
        for (int i = 0; i < points.length; i++) {
          points[i] = (float) random.nextGaussian();
        }
        samples.add(new SampleSet(step, d, points));
      }
    }
    return result(spec, outcome, steps, samples);
  }

  private static RunResult result(
      RunSpec spec, Outcome outcome, int steps, List<SampleSet> samples) {
    Random random = new Random(spec.seed());
    History history = new History(steps);
    for (int i = 0; i < steps; i++) {
      history.add(random.nextFloat(), 0.5, random.nextFloat(), 0.25);
    }
    boolean completed = outcome == Outcome.COMPLETED;
    return new RunResult(
        spec,
        outcome,
        outcome == Outcome.FAILED ? Optional.of("no such luck") : Optional.empty(),
        outcome == Outcome.DIVERGED ? OptionalInt.of(steps) : OptionalInt.empty(),
        history,
        samples,
        completed
            ? Optional.of(new GeneratorArchive(("archive " + spec.seed()).getBytes()))
            : Optional.empty(),
        0.5 * steps,
        2,
        "reference: asked for",
        "a processor",
        START,
        START.plusSeconds(60));
  }

  /** Commits a pack of which all runs were completed. */
  public static void commit(SweepFolder folder, RunPack pack) throws IOException {
    try (PackWriter writer = folder.startPack(pack, PROVENANCE)) {
      for (RunSpec spec : pack.runs()) {
        writer.add(completed(spec));
      }
      writer.commit();
    }
  }
}
