package org.latentsweep.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.target.NoiseLaw;

/** Compares both kernels of the cpu back end with the reference, which gets the same numbers. */
class CpuBackendTest {
  static Stream<CpuKernel> kernels() {
    return Stream.of(CpuKernel.OPENBLAS, CpuKernel.vectors());
  }

  static Stream<Arguments> runsOnKernels() {
    return kernels().flatMap(kernel -> runs().map(run -> Arguments.of(kernel, run)));
  }

  static Stream<RunSpec> runs() {
    Stream.Builder<RunSpec> runs = Stream.builder();
    for (Activation activation :
        List.of(Activation.RELU, Activation.leakyRelu(0.01), Activation.TANH)) {
      for (Loss loss : Loss.values()) {
        for (NoiseLaw noise :
            List.of(
                new NoiseLaw.Normal(), new NoiseLaw.Uniform(0, 1), new NoiseLaw.NormalOneHot(8))) {
          int k = Math.max(3, noise.minimumLatentDimension() + 2);
          Activation output = loss == Loss.HINGE ? Activation.TANH : Activation.LINEAR;
          runs.add(
              SmallRuns.run(
                  "eight-gaussians", noise, k, activation, output, loss, 1e-3, 100, 256, 9));
        }
      }
    }
    runs.add(
        SmallRuns.run(
            "normal-1d",
            new NoiseLaw.Uniform(-1, 1),
            1,
            Activation.leakyRelu(0.1),
            Activation.LINEAR,
            Loss.NON_SATURATING,
            1e-3,
            100,
            256,
            9));
    runs.add(
        SmallRuns.run(
            "gaussian",
            new NoiseLaw.Normal(),
            2,
            Activation.LINEAR,
            Activation.LINEAR,
            Loss.NON_SATURATING,
            1e-3,
            100,
            256,
            9));
    return runs.build();
  }

  @ParameterizedTest
  @MethodSource("runsOnKernels")
  void agreesWithTheReferenceAfterOneStepAndAfterAHundred(CpuKernel kernel, RunSpec run) {
    RunPack pack = new RunPack(List.of(run));
    try (PackTrainer cpu = new CpuBackend(kernel).start(pack);
        PackTrainer reference = new ReferenceBackend().start(pack)) {
      cpu.advance(1);
      reference.advance(1);
      assertAgree(cpu, reference, 1e-5);
      cpu.advance(99);
      reference.advance(99);
      assertAgree(cpu, reference, 1e-2);
    }
  }

  private static void assertAgree(PackTrainer a, PackTrainer b, double tolerance) {
    int last = a.history(0).size() - 1;
    assertThat(relative(a.generatorParameters(0), b.generatorParameters(0))).isLessThan(tolerance);
    assertThat(relative(a.discriminatorParameters(0), b.discriminatorParameters(0)))
        .isLessThan(tolerance);
    assertThat(
            relative(
                new float[] {a.history(0).dLoss(last), a.history(0).gLoss(last)},
                new float[] {b.history(0).dLoss(last), b.history(0).gLoss(last)}))
        .isLessThan(tolerance);
  }

  private static void assertKernelsAgreeAfterTwentySteps(RunSpec run, double tolerance) {
    RunPack pack = new RunPack(List.of(run));
    try (PackTrainer reference = new ReferenceBackend().start(pack)) {
      reference.advance(20);
      for (CpuKernel kernel : kernels().toList()) {
        try (PackTrainer cpu = new CpuBackend(kernel).start(pack)) {
          cpu.advance(20);
          assertAgree(cpu, reference, tolerance);
        }
      }
    }
  }

  /** Returns |a - b| / |b|. */
  private static double relative(float[] a, float[] b) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < b.length; i++) {
      difference += Math.pow(a[i] - b[i], 2);
      norm += Math.pow(b[i], 2);
    }
    return Math.sqrt(difference / norm);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void samplesAreThoseOfTheReference(CpuKernel kernel) {
    RunPack pack = new RunPack(List.of(SmallRuns.spiral(20, 3)));
    float[] latents = new float[2 * 77]; // 2 whole batches and 13 rows
    new NoiseLaw.Normal().fill(new SplittableRandom(1), 2, latents);
    try (PackTrainer cpu = new CpuBackend(kernel).start(pack);
        PackTrainer reference = new ReferenceBackend().start(pack)) {
      assertThat(relative(cpu.sample(0, latents), reference.sample(0, latents))).isLessThan(1e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void theSameRunGivesTheSameBitsOnOneThreadAndOnFour(CpuKernel kernel)
      throws ExecutionException, InterruptedException {
    List<float[]> found = new ArrayList<>();
    for (int threads : new int[] {1, 4}) {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      List<Future<float[]>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        futures.add(pool.submit(() -> train(kernel)));
      }
      for (Future<float[]> future : futures) {
        found.add(future.get());
      }
      pool.shutdown();
    }
    found.forEach(parameters -> assertThat(parameters).isEqualTo(found.get(0)));
  }

  private static float[] train(CpuKernel kernel) {
    try (PackTrainer trainer =
        new CpuBackend(kernel).start(new RunPack(List.of(SmallRuns.spiral(60, 5))))) {
      trainer.advance(60);
      return trainer.generatorParameters(0);
    }
  }

  /** A batch of 2 has one row of each kind; half of a batch of 6 is odd. */
  @ParameterizedTest
  @ValueSource(ints = {2, 6})
  void smallBatchesAgreeWithTheReference(int batch) {
    RunSpec run =
        SmallRuns.run(
            "spiral",
            new NoiseLaw.Normal(),
            1,
            Activation.leakyRelu(0.01),
            Activation.LINEAR,
            Loss.LEAST_SQUARES,
            1e-3,
            20,
            batch,
            9);
    assertKernelsAgreeAfterTwentySteps(run, 1e-2);
  }

  static Stream<Arguments> widths() {
    return Stream.of(
            List.of(1), List.of(2, 70), List.of(3, 5, 130), List.of(800, 4), List.of(4, 800))
        .flatMap(
            widths ->
                Stream.of(Activation.leakyRelu(0.2), Activation.TANH)
                    .map(activation -> Arguments.of(widths, activation)));
  }

  /** The widths give products with few columns, with few terms, and with very many terms. */
  @ParameterizedTest
  @MethodSource("widths")
  void networksOfAnyWidthAgreeWithTheReference(List<Integer> widths, Activation activation) {
    MlpSpec network = new MlpSpec(widths, activation, Activation.LINEAR);
    RunSpec run =
        new RunSpec(
            "gaussian",
            new NoiseLaw.Normal(),
            5,
            network,
            network,
            Loss.LEAST_SQUARES,
            new AdamSpec(1e-4, 0.5, 0.999, 1e-4),
            new AdamSpec(1e-4, 0.5, 0.999, 1e-4),
            20,
            38,
            new SampleSchedule(0, 0, 1),
            4);
    assertKernelsAgreeAfterTwentySteps(run, 1e-4);
  }

  @Test
  void withoutTheVectorModuleTheKernelIsOpenBlas() {
    assertThat(CpuBackend.choose(false)).isSameAs(CpuKernel.OPENBLAS);
    assertThat(new CpuBackend(CpuBackend.choose(false)).device()).endsWith(", OpenBLAS");
  }

  @Test
  void theKernelDependsOnTheNumberOfLanes() {
    CpuKernel vectors = CpuKernel.vectors();
    assertThat(new CpuBackend().device())
        .endsWith(vectors.lanes() >= 8 ? ", " + vectors.lanes() + "-lane vectors" : ", OpenBLAS");
  }

  @Test
  void thePeakIsMeasuredWithVectors() {
    assertThat(new CpuBackend(CpuKernel.vectors()).peak().getAsDouble()).isGreaterThan(1e9);
  }

  @Test
  void openBlasHasNoPeak() {
    assertThat(new CpuBackend(CpuKernel.OPENBLAS).peak()).isEmpty();
  }
}
