package org.latentsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentsweep.sweep.SweepText.MINIMAL;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.training.CheckpointPolicy;

class SweepParserTest {
  @TempDir private Path folder;

  private SweepText sweeps() {
    return new SweepText(folder);
  }

  @Test
  void defaultsAreThePublishedRecipe() {
    SweepSpec spec = sweeps().parse(MINIMAL);

    assertThat(spec.name()).isEqualTo("n");
    assertThat(spec.output()).isEqualTo("out");
    assertThat(spec.backend()).isEqualTo("auto");
    assertThat(spec.metrics()).containsExactly("kl", "coverage");
    assertThat(spec.bandwidths())
        .containsExactly(new Bandwidth(0.5), new Bandwidth(1), new Bandwidth(2));
    assertThat(spec.scoreSnapshots()).isFalse();
    assertThat(spec.checkpoints()).isEqualTo(CheckpointPolicy.every(Duration.ofMinutes(5)));
    assertThat(spec.runs())
        .containsExactly(
            new RunSpec(
                "spiral",
                new NoiseLaw.Normal(),
                2,
                new MlpSpec(List.of(256, 256, 256), Activation.RELU, Activation.LINEAR),
                new MlpSpec(
                    List.of(128, 128, 128, 128, 128),
                    Activation.leakyRelu(0.01),
                    Activation.LINEAR),
                Loss.NON_SATURATING,
                new AdamSpec(2e-4, 0.5, 0.999, 1e-7),
                new AdamSpec(1e-3, 0.5, 0.999, 1e-7),
                30000,
                512,
                new SampleSchedule(50, 5000, 100000),
                1));
  }

  @Test
  void everyKeyIsMapped() {
    SweepSpec spec =
        sweeps()
            .parse(
                """
            name = all, output = "s3a://bucket/all"
            axes { target = normal-1d, latent-dim = 3, seed = 7 }
            run {
              steps = 3e2, batch = 64, noise = "uniform(-1,1)", loss = hinge
              generator {
                widths = [16, 8], activation = "leaky-relu(0.1)", output = tanh
                learning-rate = 1e-2, beta1 = 0.1, beta2 = 0.2, epsilon = 0.3
              }
              discriminator {
                width = 4, depth = 2, activation = leaky-relu, slope = 0.2
                learning-rate = 2e-2, beta1 = 0.4, beta2 = 0.5, epsilon = 0.6
              }
            }
            samples = 110, snapshots { every = 5, samples = 60, score = true }
            metrics = [coverage, kl], bandwidths = [4, 0.25], backend = cpu
            checkpoint.every = 5e2
            """);

    assertThat(spec)
        .isEqualTo(
            new SweepSpec(
                "all",
                "s3a://bucket/all",
                List.of(
                    new RunSpec(
                        "normal-1d",
                        new NoiseLaw.Uniform(-1, 1),
                        3,
                        new MlpSpec(List.of(16, 8), Activation.leakyRelu(0.1), Activation.TANH),
                        new MlpSpec(List.of(4, 4), Activation.leakyRelu(0.2), Activation.LINEAR),
                        Loss.HINGE,
                        new AdamSpec(1e-2, 0.1, 0.2, 0.3),
                        new AdamSpec(2e-2, 0.4, 0.5, 0.6),
                        300,
                        64,
                        new SampleSchedule(5, 60, 110),
                        7)),
                "cpu",
                List.of("coverage", "kl"),
                List.of(new Bandwidth(0.25), new Bandwidth(4)),
                true,
                CheckpointPolicy.everySteps(500)));
  }

  @Test
  void everyZeroMeansNoSnapshots() {
    assertThat(sweeps().parse(MINIMAL, "snapshots.every=0").runs().get(0).samples())
        .isEqualTo(new SampleSchedule(0, 0, 100000));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "'0 s', 0, 0",
    "7, 7, 0",
    "90 s, 0, 90",
    "5 min, 0, 300",
    "2.5 minutes, 0, 150",
    "1h, 0, 3600"
  })
  void checkpointsAreTakenByStepsOrByTime(String every, int steps, int seconds) {
    assertThat(sweeps().parse(MINIMAL, "checkpoint.every=" + every).checkpoints())
        .isEqualTo(new CheckpointPolicy(steps, Duration.ofSeconds(seconds)));
  }

  @Test
  void checkpointsChangeNoRun() {
    assertThat(sweeps().parse(MINIMAL, "checkpoint.every=7").runs())
        .isEqualTo(sweeps().parse(MINIMAL).runs());
  }

  @Test
  void overridesNeedNoQuotes() {
    SweepSpec spec =
        sweeps()
            .parse(
                MINIMAL,
                "output=s3a://bucket//x#y",
                "name = last ",
                "run.steps=1",
                "run.steps=2",
                "run.noise=uniform(0,3)",
                "run.generator.activation=leaky-relu(0.2)");

    assertThat(spec.output()).isEqualTo("s3a://bucket//x#y");
    assertThat(spec.name()).isEqualTo("last");
    RunSpec run = spec.runs().get(0);
    assertThat(run.steps()).isEqualTo(2);
    assertThat(run.noise()).isEqualTo(new NoiseLaw.Uniform(0, 3));
    assertThat(run.generator().activation()).isEqualTo(Activation.leakyRelu(0.2));
  }

  @Test
  void nullRemovesAKey() {
    SweepSpec spec =
        sweeps()
            .parse(
                MINIMAL + "run.generator.widths = [4, 5]",
                "run.generator.widths=null",
                "run.generator.depth=1");

    assertThat(spec.runs().get(0).generator().widths()).containsExactly(256);
  }

  @Test
  void includesAreRelativeToTheFile() {
    sweeps().write("base.conf", "run.steps = 77");

    assertThat(sweeps().parse("include \"base.conf\"\n" + MINIMAL).runs().get(0).steps())
        .isEqualTo(77);
  }
}
