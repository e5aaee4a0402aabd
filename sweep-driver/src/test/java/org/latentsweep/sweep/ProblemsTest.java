package org.latentsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latentsweep.sweep.SweepText.MINIMAL;
import static org.latentsweep.sweep.SweepText.PARSER;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The problems that the parser finds in the file of a sweep. */
class ProblemsTest {
  @TempDir private Path folder;

  private SweepText sweeps() {
    return new SweepText(folder);
  }

  @Test
  void namesEveryProblemAtOnce() {
    String grid =
        """
        outptu = x
        axes {
          target = [spirral, gaussian, gaussian]
          latent-dim = [0, 2]
          seed = "10..1"
          batch = []
        }
        metrics = [kl, fid]
        bandwidths = [1, 0, wide, 1]
        """;

    assertThat(sweeps().problems(grid, "run.batch=511", "backend=tpu", "what"))
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
            "s.conf:8: metrics = \"fid\": must be one of kl, coverage, mapping",
            "s.conf:9: bandwidths = 1: listed twice",
            "s.conf:9: bandwidths = 0: must be a factor of h in [0.125, 8], found 0.0",
            "s.conf:9: bandwidths = \"wide\": must be a number");
  }

  @Test
  void namesEveryProblemOfTheRunsAtOnce() {
    String runs =
        """
        name = n, output = o, axes { target = spiral, latent-dim = 2 }
        run {
          steps = -5
          loss = wgan
          learning-rate = 1e-3
          generator { widths = [4], depth = 2, slope = 0.1, beta1 = 1.5 }
          discriminator = 128
        }
        samples = many
        snapshots { every = 10, samples = 0, score = maybe }
        """;

    assertThat(sweeps().problems(runs))
        .containsExactly(
            "s.conf:3: run.steps = -5: steps must be >= 1, found -5",
            "s.conf:4: run.loss = \"wgan\": there are non-saturating, minimax, least-squares,"
                + " hinge",
            "s.conf:5: run.learning-rate = 0.001: unknown key; did you mean"
                + " run.generator.learning-rate or run.discriminator.learning-rate?",
            "s.conf:6: run.generator.depth = 2: cannot stand beside run.generator.widths; give"
                + " widths, or width and depth",
            "s.conf:6: run.generator.slope = 0.1: no activation takes it; write"
                + " generator.activation = leaky-relu",
            "s.conf:6: run.generator.beta1 = 1.5: beta1 must be in [0, 1), found 1.5",
            "s.conf:7: run.discriminator = 128: must be a block with keys widths, width, depth,"
                + " activation, slope, learning-rate, beta1, beta2, epsilon",
            "s.conf:9: samples = \"many\": must be a whole number",
            "s.conf:10: snapshots.score = \"maybe\": must be true or false",
            "s.conf:10: snapshots.samples = 0: snapshots need every >= 1 and samples >= 1, or"
                + " neither, found every = 10, samples = 0");
  }

  @Test
  void aMessageListsAtMostTwentyProblems() {
    assertThat(sweeps().problems(MINIMAL, "axes.batch=1..1001"))
        .hasSize(21)
        .startsWith(
            "--set axes.batch=1..1001: axes.batch = 1: batch must be even and >= 2, found 1")
        .endsWith("and 481 more");
  }

  @Test
  void messageStartsWithTheFileAndTheCount() {
    Path file = sweeps().write("s.conf", MINIMAL + "samples = 0\nbackend = gpu");

    assertThatThrownBy(() -> PARSER.parse(file, List.of()))
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
    assertThat(sweeps().problems(MINIMAL, override))
        .containsExactly("--set " + override + ": " + problem);
  }

  @Test
  void tooFewSamplesToScoreAreRejectedUnlessNoMetricIsWanted() {
    String text =
        """
        name = few, output = o, axes { target = spiral, latent-dim = 2 }
        samples = 20, snapshots { every = 5, samples = 30, score = true }
        """;
    assertThat(sweeps().problems(text))
        .containsExactlyInAnyOrder(
            "s.conf:2: samples = 20: metrics need 50 or more; without them, metrics = [] and"
                + " snapshots.score = false",
            "s.conf:2: snapshots.samples = 30: metrics need 50 or more; without them, metrics = []"
                + " and snapshots.score = false");
    assertThat(sweeps().parse(text, "metrics=[]").metrics()).isEmpty();
  }

  @Test
  void rejectsAMissingFileAndMissingAxes() {
    assertThatThrownBy(() -> PARSER.parse(Path.of("nowhere.conf"), List.of()))
        .hasMessage(
            "Cannot read sweep nowhere.conf: 1 problem\n"
                + "  nowhere.conf: there is no such file");
    assertThat(sweeps().problems("name = n, output = o"))
        .containsExactly(
            "s.conf: axes.target: missing; give one, such as axes.target = [gaussian, spiral]",
            "s.conf: axes.latent-dim: missing; give one, such as axes.latent-dim = [1, 2, 10]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "include \"no.conf\" | no.conf: there is no such file",
        "include required(\"no.conf\") | no.conf: there is no such file",
        "include file(\"no.conf\") | no.conf: there is no such file",
        "include file(\".\") | .: it is a folder",
        "include classpath(\"no.conf\") | no.conf: there is no such resource",
        "include url(\"file:/no.conf\") | file:/no.conf: it cannot be read",
        "include \"file:/no.conf\" | file:/no.conf: it cannot be read",
      })
  void rejectsAnIncludeOfWhatIsNotThere(String include, String problem) {
    assertThat(sweeps().problems(include + "\n" + MINIMAL))
        .containsExactly("s.conf: cannot include " + problem);
  }

  @Test
  void checksWhatIsIncluded() {
    sweeps().write("base.conf", "include \"no.conf\"\nrun.steps = 3");
    assertThat(sweeps().problems("include \"base.conf\"\n" + MINIMAL))
        .containsExactly("base.conf: cannot include no.conf: there is no such file");
    sweeps().write("base.conf", "run.steps = 3\n# \u0007");
    assertThat(sweeps().problems("include \"base.conf\"\n" + MINIMAL))
        .containsExactly("base.conf:2: it holds the character \\u0007, which is no text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{a=", "[", "a."})
  void rejectsDeepNesting(String open) {
    assertThat(sweeps().problems(MINIMAL + "a=" + open.repeat(50_000)))
        .singleElement()
        .asString()
        .hasSizeLessThan(200);
  }

  @Test
  void rejectsWhatIsNoText() throws IOException {
    Path latin1 = folder.resolve("latin1.conf");
    Files.write(latin1, (MINIMAL + "name = caf\u00e9").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> PARSER.parse(latin1, List.of()))
        .hasMessageEndingWith(latin1 + ":4: it is not encoded in UTF-8");
    for (String name : List.of("a\\u0000b", "\\u001b[31mred", "a\\ud800b", "a\\u202eb")) {
      assertThat(sweeps().problems(MINIMAL + "name = \"%s\"".formatted(name)))
          .singleElement()
          .asString()
          .startsWith("s.conf:4: name = ")
          .endsWith(": must be text without control characters")
          .matches(line -> line.codePoints().allMatch(PrintableText::isPrintable));
    }
  }

  @Test
  void aMessageStaysShortWhateverItNames() {
    String huge = "x".repeat(3_000_000);
    List<String> problems =
        sweeps().problems(MINIMAL + "%1$s = 1\nname = %1$s".formatted(huge), huge, huge + "=1");
    assertThat(problems).hasSize(3).allMatch(line -> line.length() < 3_000);
    assertThat(problems).anyMatch(line -> line.endsWith("at most 4096 characters, found 3000000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"~", "~/x", "~root/x", "$HOME/x", "${HOME}/x", "/a/${USER}"})
  void rejectsWhatOnlyAShellReplaces(String output) {
    assertThat(sweeps().problems(MINIMAL, "output=" + output))
        .containsExactly(
            "--set output=%1$s: output = \"%1$s\": ~ and ${...} are not replaced here; write out"
                    .formatted(output)
                + " the folder's path");
  }

  @Test
  void saysHowToWriteAListOnTheCommandLine() {
    assertThat(sweeps().problems(MINIMAL, "axes.k=1,2,10"))
        .containsExactly(
            "--set axes.k=1,2,10: several values are a list; write axes.k=[1,2,10]",
            "--set axes.k=[1,2,10]: axes.k = [1,2,10]: unknown key; did you mean axes.latent-dim?");
    assertThat(sweeps().problems(MINIMAL, "metrics=kl,coverage"))
        .containsExactly(
            "--set metrics=kl,coverage: several values are a list; write metrics=[kl,coverage]");
    assertThat(sweeps().parse(MINIMAL, "axes.noise=uniform(0,3)").runs()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "axes.latent-dim=65536 samples=66536"
            + "| samples * latent-dim = 66536 * 65536 = 4360503296, and an array holds",
        "axes.latent-dim=10000000 samples=1000"
            + "| samples * latent-dim = 1000 * 10000000 = 10000000000, and an array holds",
        "samples=2000000000"
            + "| samples * latent-dim = 2000000000 * 2 = 4000000000, and an array holds",
        "snapshots.samples=2147483647"
            + "| snapshots.samples * latent-dim = 2147483647 * 2 = 4294967294, and an array holds",
        "run.batch=2147483646"
            + "| batch * the largest layer = 2147483646 * 256 = 549755813376, and an array holds",
        "run.generator.width=1000000 run.batch=2"
            + "| the generator has 2000007000002 parameters, and an array holds",
        "run.generator.width=2147483647 run.batch=2"
            + "| batch * the largest layer = 2 * 2147483647 = 4294967294, and an array holds",
        "run.discriminator.widths=[1000000,1000000] run.batch=2"
            + "| the discriminator has 1000005000001 parameters, and an array holds",
        "run.steps=2147483647 snapshots.every=0 | a run needs at least 34.4 GB of memory, of which",
        "snapshots.every=1 snapshots.samples=1000000 | a run needs at least 240 GB of memory, of which",
      })
  void rejectsWhatNoArrayAndNoMemoryHolds(String overrides, String problem) {
    assertThat(sweeps().problems(MINIMAL, overrides.split(" ")))
        .first()
        .asString()
        .startsWith("s.conf: axes: " + problem);
  }

  @Test
  void rejectsInvalidHocon() {
    assertThat(sweeps().problems("name = x\naxes { target = gaussian\n"))
        .containsExactly("s.conf:3: a block that starts with { has no }");
    assertThat(sweeps().problems("name = n\nseed = [1,"))
        .singleElement()
        .asString()
        .startsWith("s.conf:2: List should have had new element after a comma");
    assertThat(sweeps().problems(MINIMAL + "samples = ${nothing}"))
        .singleElement()
        .asString()
        .startsWith("s.conf:4: ")
        .contains("${nothing}");
    assertThat(sweeps().problems(MINIMAL, "axes.seed=[1,"))
        .singleElement()
        .asString()
        .startsWith("--set axes.seed=[1,: List should have had new element after a comma");
  }
}
