package org.latentsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
  private static final Path SWEEPS = Path.of("..", "conf", "sweeps");
  private static final String MINIMAL =
      """
      name = n
      output = out
      axes { target = spiral, latent-dim = 2 }
      """;

  @TempDir Path folder;

  private final SweepParser parser =
      new SweepParser(List.of("auto", "cpu", "reference"), List.of("kl", "coverage", "mapping"));

  private SweepSpec parse(String text, String... overrides) {
    return parser.parse(write("s.conf", text), List.of(overrides));
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The lines of the message, without the folder's name. */
  private List<String> problems(String text, String... overrides) {
    try {
      parse(text, overrides);
    } catch (RequestException e) {
      return e.getMessage().replace(folder + "/", "").lines().skip(1).map(String::strip).toList();
    }
    throw new AssertionError("nothing was wrong");
  }

  @Test
  void defaultsAreThePublishedRecipe() {
    SweepSpec spec = parse(MINIMAL);

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
  void tooFewSamplesToScoreAreRejectedUnlessNoMetricIsWanted() {
    String text =
        """
        name = few, output = o, axes { target = spiral, latent-dim = 2 }
        samples = 20, snapshots { every = 5, samples = 30, score = true }
        """;
    assertThat(problems(text))
        .containsExactlyInAnyOrder(
            "s.conf:2: samples = 20: metrics need 50 or more; without them, metrics = [] and"
                + " snapshots.score = false",
            "s.conf:2: snapshots.samples = 30: metrics need 50 or more; without them, metrics = []"
                + " and snapshots.score = false");
    assertThat(parse(text, "metrics=[]").metrics()).isEmpty();
  }

  @Test
  void everyKeyIsMapped() {
    SweepSpec spec =
        parse(
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
  void noiseIsTheTargetsOwn() {
    assertThat(parse(MINIMAL, "axes.target=[gaussian, spiral]").runs())
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
    assertThat(parse(MINIMAL, override).runs())
        .extracting(RunSpec::seed)
        .containsExactlyElementsOf(Stream.of(seeds.split(" ")).map(Long::valueOf).toList());
  }

  @Test
  void theGridIsTheProductOfTheAxesAndSeedsAreItsLast() {
    SweepSpec spec =
        parse(MINIMAL, "axes.latent-dim=[1,2]", "axes.steps=[10,20]", "axes.seed=1..2");

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
        parse(
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
    assertThat(parse(MINIMAL, "run.steps=5", "axes.steps=[6,7]").runs())
        .extracting(RunSpec::steps)
        .containsExactly(6, 7);
  }

  @Test
  void widthAndDepthStandForWidths() {
    SweepSpec spec = parse(MINIMAL, "axes.generator.width=[8,9]", "axes.generator.depth=1..2");

    assertThat(spec.runs())
        .extracting(run -> run.generator().widths())
        .containsExactly(List.of(8), List.of(8, 8), List.of(9), List.of(9, 9));
  }

  @Test
  void aFlatListOfWidthsIsOneValue() {
    assertThat(parse(MINIMAL, "axes.generator.widths=[8,9]").runs())
        .extracting(run -> run.generator().widths())
        .containsExactly(List.of(8, 9));
  }

  @Test
  void slopeReplacesThatOfTheDefaultActivation() {
    assertThat(parse(MINIMAL, "run.discriminator.slope=0.3").runs().get(0).discriminator())
        .extracting(MlpSpec::activation)
        .isEqualTo(Activation.leakyRelu(0.3));
  }

  @Test
  void runsThatAnAxisDoesNotChangeAreDoneOnce() {
    SweepSpec spec =
        parse(
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
  void noSnapshotsAreEveryZero() {
    assertThat(parse(MINIMAL, "snapshots.every=0").runs().get(0).samples())
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
  void checkpointsGoByStepsOrByTime(String every, int steps, int seconds) {
    assertThat(parse(MINIMAL, "checkpoint.every=" + every).checkpoints())
        .isEqualTo(new CheckpointPolicy(steps, Duration.ofSeconds(seconds)));
  }

  @Test
  void checkpointsChangeNoRun() {
    assertThat(parse(MINIMAL, "checkpoint.every=7").runs()).isEqualTo(parse(MINIMAL).runs());
  }

  @Test
  void overridesMayGoWithoutQuotes() {
    SweepSpec spec =
        parse(
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
  void nullTakesAKeyBack() {
    SweepSpec spec =
        parse(
            MINIMAL + "run.generator.widths = [4, 5]",
            "run.generator.widths=null",
            "run.generator.depth=1");

    assertThat(spec.runs().get(0).generator().widths()).containsExactly(256);
  }

  @Test
  void includesAreRelativeToTheFile() {
    write("base.conf", "run.steps = 77");

    assertThat(parse("include \"base.conf\"\n" + MINIMAL).runs().get(0).steps()).isEqualTo(77);
  }

  @ParameterizedTest
  @CsvSource({"quickstart, 27", "latent-dim, 150", "gallery, 60", "smoke, 8"})
  void shippedSweepsAreSound(String name, int runs) {
    SweepSpec spec = parser.parse(SWEEPS.resolve(name + ".conf"), List.of());

    assertThat(spec.name()).isEqualTo(name);
    assertThat(spec.output()).isEqualTo("results/" + name);
    assertThat(spec.runs()).hasSize(runs);
  }

  @Test
  void everyShippedSweepIsTested() throws IOException {
    try (Stream<Path> files = Files.list(SWEEPS)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "quickstart.conf", "latent-dim.conf", "gallery.conf", "smoke.conf");
    }
  }

  @Test
  void theLatentDimSweepIsThePublishedOne() {
    SweepSpec spec = parser.parse(SWEEPS.resolve("latent-dim.conf"), List.of());

    assertThat(spec.runs())
        .allMatch(run -> run.steps() == 30000)
        .allMatch(run -> run.samples().equals(new SampleSchedule(50, 5000, 100000)));
  }

  @Test
  void namesEveryProblemAtOnce() {
    String text =
        """
        outptu = x
        axes {
          target = [spirral, gaussian, gaussian]
          latent-dim = [0, 2]
          seed = "10..1"
          batch = []
        }
        run {
          steps = -5
          loss = wgan
          learning-rate = 1e-3
          generator { widths = [4], depth = 2, slope = 0.1, beta1 = 1.5 }
          discriminator = 128
        }
        samples = many
        snapshots { every = 10, samples = 0, score = maybe }
        metrics = [kl, fid]
        bandwidths = [1, 0, wide, 1]
        """;

    assertThat(problems(text, "run.batch=511", "backend=tpu", "what"))
        .containsExactly(
            "--set backend=tpu: backend = \"tpu\": must be one of auto, cpu, reference",
            "--set run.batch=511: run.batch = 511: batch must be even and >= 2, found 511",
            "--set what: must be key=value",
            "s.conf: name: missing; give one, such as name = latent-dim",
            "s.conf: output: missing; give one, such as output = results/latent-dim",
            "s.conf:1: outptu = \"x\": unknown key; did you mean output?",
            "s.conf:3: axes.target = \"gaussian\": listed twice",
            "s.conf:3: axes.target = \"spirral\": there are eight-gaussians, flaky, gaussian, normal-1d,"
                + " spiral",
            "s.conf:4: axes.latent-dim = 0: latent-dim must be >= 1 for normal noise, found 0",
            "s.conf:5: axes.seed = \"10..1\": a range must go up, by less than 1000000, such as"
                + " \"1..10\"",
            "s.conf:6: axes.batch = []: has no values",
            "s.conf:9: run.steps = -5: steps must be >= 1, found -5",
            "s.conf:10: run.loss = \"wgan\": there are non-saturating, minimax, least-squares,"
                + " hinge",
            "s.conf:11: run.learning-rate = 0.001: unknown key; did you mean"
                + " run.generator.learning-rate or run.discriminator.learning-rate?",
            "s.conf:12: run.generator.depth = 2: cannot stand beside run.generator.widths; give"
                + " widths, or width and depth",
            "s.conf:12: run.generator.slope = 0.1: no activation takes it; write"
                + " generator.activation = leaky-relu",
            "s.conf:12: run.generator.beta1 = 1.5: beta1 must be in [0, 1), found 1.5",
            "s.conf:13: run.discriminator = 128: must be a block with keys widths, width, depth,"
                + " activation, slope, learning-rate, beta1, beta2, epsilon",
            "s.conf:15: samples = \"many\": must be a whole number",
            "s.conf:16: snapshots.score = \"maybe\": must be true or false",
            "s.conf:16: snapshots.samples = 0: snapshots need every >= 1 and samples >= 1, or"
                + " neither, found every = 10, samples = 0",
            "s.conf:17: metrics = \"fid\": must be one of kl, coverage, mapping",
            "s.conf:18: bandwidths = 1: listed twice",
            "s.conf:18: bandwidths = 0: must be a factor of h in [0.125, 8], found 0.0",
            "s.conf:18: bandwidths = \"wide\": must be a number");
  }

  @Test
  void messageStartsWithTheFileAndTheCount() {
    Path file = write("s.conf", MINIMAL + "samples = 0\nbackend = gpu");

    assertThatThrownBy(() -> parser.parse(file, List.of()))
        .isInstanceOf(RequestException.class)
        .hasMessage(
            "Cannot read sweep %1$s: 2 problems\n"
                + "  %1$s:4: samples = 0: samples must be >= 1, found 0\n"
                + "  %1$s:5: backend = \"gpu\": must be one of auto, cpu, reference",
            file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "axes.latent-dim=x | axes.latent-dim = \"x\": must be a whole number",
        "axes.latent-dim=1.5 | axes.latent-dim = 1.5: must be a whole number",
        "axes.latent-dim=3e9"
            + " | axes.latent-dim = 3000000000: must be a whole number up to 2147483647",
        "axes.latent-dim=1..9999999999 | axes.latent-dim = \"1..9999999999\": a range must go up,"
            + " by less than 1000000, such as \"1..10\"",
        "axes.generator.learning-rate=[1e-3, 0.001]"
            + " | axes.generator.learning-rate = 0.001: listed twice",
        "run.steps=[1,2] | run.steps = [1,2]: must be a single value; only axes take several",
        "run.generator.learning-rate=fast"
            + " | run.generator.learning-rate = \"fast\": must be a number",
        "run.generator.learning-rate=0"
            + " | run.generator.learning-rate = 0: learning-rate must be > 0, found 0.0",
        "run.generator.widths=64 | run.generator.widths = 64: must be a list of whole numbers, such"
            + " as [256, 256]",
        "run.generator.widths=[0] | run.generator.widths = [0]: widths must be one or more numbers"
            + " >= 1, found [0]",
        "run.generator.depth=0 | run.generator.depth = 0: depth must be in [1, 1000], found 0",
        "run.generator.output=relu"
            + " | run.generator.output = \"relu\": output must be linear or tanh, found relu",
        "run.generator.activation=gelu | run.generator.activation = \"gelu\": unknown 'gelu'; use"
            + " relu, leaky-relu(slope), tanh, linear",
        "run.discriminator.slope=1"
            + " | run.discriminator.slope = 1: slope must be in (0, 1), found 1.0",
        "run.noise=pink | run.noise = \"pink\": unknown 'pink'; use normal, uniform(a,b),"
            + " normal+one-hot(m), or auto for the target's own",
        "run.target=spiral | run.target = \"spiral\": unknown key; did you mean axes.target?",
        "axis.seed=1 | axis = {\"seed\":1}: unknown key; did you mean axes?",
        "run.discriminator.output=tanh | run.discriminator.output = \"tanh\": unknown key; did you"
            + " mean run.generator.output?",
        "snapshots.frequency=1 | snapshots.frequency = 1: unknown key; there are every, samples,"
            + " score",
        "snapshots.every=-1 | snapshots.every = -1: must be >= 1, or 0 for no snapshots",
        "output= | output = \"\": must not be blank",
        "checkpoint.every=soon | checkpoint.every = \"soon\": must be a number of steps, a time such"
            + " as \"5 min\", or 0 for none",
        "checkpoint.every=-5 | checkpoint.every = -5: must be a number of steps, a time such as \"5"
            + " min\", or 0 for none",
        "checkpoint.every=2.5 | checkpoint.every = 2.5: must be a number of steps, a time such as"
            + " \"5 min\", or 0 for none",
        "checkpoint.every=5 parsecs | checkpoint.every = \"5 parsecs\": must be a number of steps, a"
            + " time such as \"5 min\", or 0 for none",
        "steps=5 | steps = 5: unknown key; did you mean axes.steps or run.steps?",
        "run.generator.lr=1 | run.generator.lr = 1: unknown key; there are widths, width, depth,"
            + " activation, slope, output, learning-rate, beta1, beta2, epsilon",
        "snapshot.every=1 | snapshot = {\"every\":1}: unknown key; did you mean snapshots?",
        "snapshots=9 | snapshots = 9: must be a block with keys every, samples, score",
        "bandwidths=[] | bandwidths = []: has no values",
        "metrics=[kl, kl] | metrics = \"kl\": listed twice",
      })
  void rejects(String override, String problem) {
    assertThat(problems(MINIMAL, override)).containsExactly("--set " + override + ": " + problem);
  }

  @Test
  void rejectsValuesThatDoNotGoTogether() {
    String text = MINIMAL.replace("latent-dim = 2", "latent-dim = [2, 9], seed = \"1..5\"");

    assertThat(problems(text, "run.noise=normal+one-hot(8)"))
        .containsExactly(
            "s.conf: axes: latent-dim must be >= 8 for normal+one-hot(8) noise, found 2");
  }

  @Test
  void rejectsAGridBeyondReason() {
    assertThat(problems(MINIMAL, "axes.seed=1..1000000", "axes.latent-dim=1..2"))
        .containsExactly("s.conf: axes: the grid has more than 1000000 runs");
  }

  @Test
  void rejectsAMissingFileAndMissingAxes() {
    assertThatThrownBy(() -> parser.parse(Path.of("nowhere.conf"), List.of()))
        .hasMessage(
            "Cannot read sweep nowhere.conf: 1 problem\n"
                + "  nowhere.conf: there is no such file");
    assertThat(problems("name = n, output = o"))
        .containsExactly(
            "s.conf: axes.target: missing; give one, such as axes.target = [gaussian, spiral]",
            "s.conf: axes.latent-dim: missing; give one, such as axes.latent-dim = [1, 2, 10]");
  }

  @Test
  void rejectsWhatIsNoHocon() {
    assertThat(problems("name = n\nseed = [1,"))
        .singleElement()
        .asString()
        .startsWith("s.conf:2: List should have had new element after a comma");
    assertThat(problems("include required(\"no.conf\")"))
        .singleElement()
        .asString()
        .contains("no.conf");
    assertThat(problems(MINIMAL + "samples = ${nothing}"))
        .singleElement()
        .asString()
        .startsWith("s.conf:4: ")
        .contains("${nothing}");
    assertThat(problems(MINIMAL, "axes.seed=[1,"))
        .singleElement()
        .asString()
        .startsWith("--set axes.seed=[1,: List should have had new element after a comma");
  }
}
