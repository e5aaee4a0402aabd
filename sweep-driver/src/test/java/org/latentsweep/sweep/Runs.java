package org.latentsweep.sweep;

import java.util.List;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.target.NoiseLaw;

/** Specifications of runs for tests. */
final class Runs {
  private static final AdamSpec ADAM = new AdamSpec(1e-3, 0.5, 0.999, 1e-7);

  private Runs() {}

  /** Returns a run of the published study of latent dimensions. */
  static RunSpec published(int k) {
    return run(
        k,
        List.of(256, 256, 256),
        List.of(128, 128, 128, 128, 128),
        30_000,
        512,
        new SampleSchedule(50, 5_000, 100_000),
        1);
  }

  /** Returns a run with one hidden layer of 4 in each network. */
  static RunSpec tiny(int k, int steps, long seed) {
    return run(k, List.of(4), List.of(4), steps, 8, new SampleSchedule(4, 7, 50), seed);
  }

  private static RunSpec run(
      int k,
      List<Integer> generator,
      List<Integer> discriminator,
      int steps,
      int batch,
      SampleSchedule samples,
      long seed) {
    return new RunSpec(
        "spiral",
        new NoiseLaw.Normal(),
        k,
        new MlpSpec(generator, Activation.RELU, Activation.LINEAR),
        new MlpSpec(discriminator, Activation.leakyRelu(0.01), Activation.LINEAR),
        Loss.NON_SATURATING,
        ADAM,
        ADAM,
        steps,
        batch,
        samples,
        seed);
  }
}
