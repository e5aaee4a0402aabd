package org.latentsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentsweep.sweep.SweepText.MINIMAL;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentsweep.network.Activation;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.run.RunSpec;
import org.latentsweep.target.NoiseLaw;

class GridReaderTest {
  @TempDir private Path folder;

  private SweepText sweeps() {
    return new SweepText(folder);
  }

  @Test
  void noiseIsTheTargetsOwn() {
    assertThat(sweeps().parse(MINIMAL, "axes.target=[gaussian, spiral]").runs())
        .extracting(RunSpec::noise)
        .containsExactly(new NoiseLaw.Uniform(0, 1), new NoiseLaw.Normal());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "axes.seed=1..3 | 1 2 3",
        "axes.seed=\"-1..1\" | -1 0 1",
        "axes.seed=[\"1..2\", 9] | 1 2 9",
        "axes.seed=[5, 4] | 5 4",
        "axes.seed=8 | 8",
        "axes.seed=9007199254740993 | 9007199254740993",
      })
  void readsSeeds(String override, String seeds) {
    assertThat(sweeps().parse(MINIMAL, override).runs())
        .extracting(RunSpec::seed)
        .containsExactlyElementsOf(Stream.of(seeds.split(" ")).map(Long::valueOf).toList());
  }

  @Test
  void theGridIsTheProductOfTheAxesAndSeedsVaryFastest() {
    SweepSpec spec =
        sweeps().parse(MINIMAL, "axes.latent-dim=[1,2]", "axes.steps=[10,20]", "axes.seed=1..2");

    assertThat(spec.runs())
        .extracting(run -> run.latentDimension() + " " + run.steps() + " " + run.seed())
        .containsExactly(
            "1 10 1", "1 10 2", "1 20 1", "1 20 2", "2 10 1", "2 10 2", "2 20 1", "2 20 2");
  }

  @ParameterizedTest
  @MethodSource("axes")
  void everyHyperparameterCanBeAnAxis(String key) {
    String values =
        switch (key.substring(key.indexOf('.') + 1)) {
          case "noise" -> "[normal, \"uniform(0,2)\"]";
          case "loss" -> "[hinge, minimax]";
          case "widths" -> "[[4], [4, 4]]";
          case "activation" -> "[tanh, leaky-relu]";
          case "output" -> "[linear, tanh]";
          case "target" -> "[spiral, gaussian]";
          case "slope", "learning-rate", "beta1", "beta2", "epsilon" -> "[0.1, 0.2]";
          default -> "[2, 4]";
        };
    boolean slope = key.endsWith(".slope");

    String activation = slope ? "run." + key.replace("slope", "activation") : "run.loss";
    SweepSpec spec =
        sweeps()
            .parse(
                MINIMAL,
                "axes." + key + "=" + values,
                activation + "=" + (slope ? "leaky-relu" : "hinge"));

    assertThat(spec.runs()).hasSize(2);
  }

  static Stream<String> axes() {
    return Keys.AXES.stream();
  }

  @Test
  void anAxisOverridesItsKey() {
    assertThat(sweeps().parse(MINIMAL, "run.steps=5", "axes.steps=[6,7]").runs())
        .extracting(RunSpec::steps)
        .containsExactly(6, 7);
  }

  @Test
  void widthAndDepthStandForWidths() {
    SweepSpec spec =
        sweeps().parse(MINIMAL, "axes.generator.width=[8,9]", "axes.generator.depth=1..2");

    assertThat(spec.runs())
        .extracting(run -> run.generator().widths())
        .containsExactly(List.of(8), List.of(8, 8), List.of(9), List.of(9, 9));
  }

  @Test
  void aFlatListOfWidthsIsOneValue() {
    assertThat(sweeps().parse(MINIMAL, "axes.generator.widths=[8,9]").runs())
        .extracting(run -> run.generator().widths())
        .containsExactly(List.of(8, 9));
  }

  @Test
  void slopeReplacesThatOfTheDefaultActivation() {
    assertThat(sweeps().parse(MINIMAL, "run.discriminator.slope=0.3").runs().get(0).discriminator())
        .extracting(MlpSpec::activation)
        .isEqualTo(Activation.leakyRelu(0.3));
  }

  @Test
  void runsThatAnAxisDoesNotChangeAreKeptOnce() {
    SweepSpec spec =
        sweeps()
            .parse(
                MINIMAL,
                "axes.generator.activation=[relu, leaky-relu, \"leaky-relu(0.5)\"]",
                "axes.generator.slope=[0.1, 0.2]");

    assertThat(spec.runs())
        .extracting(run -> run.generator().activation())
        .containsExactly(
            Activation.RELU,
            Activation.leakyRelu(0.1),
            Activation.leakyRelu(0.2),
            Activation.leakyRelu(0.5));
  }

  @Test
  void rejectsValuesThatContradictEachOther() {
    String text = MINIMAL.replace("latent-dim = 2", "latent-dim = [2, 9], seed = \"1..5\"");

    assertThat(sweeps().problems(text, "run.noise=normal+one-hot(8)"))
        .containsExactly(
            "s.conf: axes: latent-dim must be >= 8 for normal+one-hot(8) noise, found 2");
  }

  @Test
  void rejectsATooLargeGrid() {
    assertThat(sweeps().problems(MINIMAL, "axes.seed=1..1000000", "axes.latent-dim=1..2"))
        .containsExactly("s.conf: axes: the grid has more than 1000000 runs");
  }
}
