package org.latentsweep.training;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.target.NoiseLaw;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures a training step of the networks of the latent-dimension study. With {@code -prof gc} it
 * also measures what a step allocates.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class TrainingBenchmark {
  private static final int STEPS = 100;
  private static final RunSpec RUN =
      new RunSpec(
          "eight-gaussians",
          new NoiseLaw.Normal(),
          2,
          new MlpSpec(List.of(256, 256, 256), Activation.RELU, Activation.LINEAR),
          new MlpSpec(
              List.of(128, 128, 128, 128, 128), Activation.leakyRelu(0.01), Activation.LINEAR),
          Loss.NON_SATURATING,
          new AdamSpec(2e-4, 0.5, 0.999, 1e-7),
          new AdamSpec(1e-3, 0.5, 0.999, 1e-7),
          1_000_000,
          512,
          new SampleSchedule(0, 0, 1),
          1);

  private final PackTrainer trainer = new CpuBackend().start(new RunPack(List.of(RUN)));

  /** Does some steps, each of which updates both networks. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public PackTrainer step() {
    trainer.advance(STEPS);
    return trainer;
  }
}
