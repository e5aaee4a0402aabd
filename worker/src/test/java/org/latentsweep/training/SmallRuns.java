package org.latentsweep.training;

import java.util.List;
import java.util.stream.LongStream;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.target.NoiseLaw;

/** The specifications of runs with small networks, for tests. */
final class SmallRuns {
  private SmallRuns() {}

  static RunSpec run(
      String target,
      NoiseLaw noise,
      int k,
      Activation activation,
      Activation output,
      Loss loss,
      double rate,
      int steps,
      int batch,
      long seed) {
    return new RunSpec(
        target,
        noise,
        k,
        new MlpSpec(List.of(16, 12), activation, output),
        new MlpSpec(List.of(14, 10), activation, Activation.LINEAR),
        loss,
        new AdamSpec(rate / 5, 0.5, 0.999, 1e-7),
        new AdamSpec(rate, 0.5, 0.999, 1e-7),
        steps,
        batch,
        new SampleSchedule(5, 40, 100),
        seed);
  }

  /** Returns twelve runs on {@link ThrowingTarget}, some of which fail within a few steps. */
  static RunSpec[] throwing(int steps) {
    return LongStream.range(0, 12)
        .mapToObj(
            seed ->
                run(
                    "throwing",
                    new NoiseLaw.Normal(),
                    1,
                    Activation.RELU,
                    Activation.LINEAR,
                    Loss.HINGE,
                    1e-3,
                    steps,
                    32,
                    seed))
        .toArray(RunSpec[]::new);
  }

  static RunSpec spiral(int steps, long seed) {
    return spiral(steps, seed, 1e-3);
  }

  static RunSpec spiral(int steps, long seed, double rate) {
    return run(
        "spiral",
        new NoiseLaw.Normal(),
        2,
        Activation.leakyRelu(0.1),
        Activation.LINEAR,
        Loss.NON_SATURATING,
        rate,
        steps,
        32,
        seed);
  }
}
