package org.latentsweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentsweep.network.Activation;
import org.latentsweep.network.Loss;
import org.latentsweep.random.RandomStream;
import org.latentsweep.run.History;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunSpec;
import org.latentsweep.target.NoiseLaw;

/**
 * Compares the reference back end with PyTorch 1.13 in float64 over three steps with the same
 * numbers.
 *
 * <p>{@code golden/gan-inputs.json} contains initial parameters and minibatches as this project
 * draws them, and {@code golden/pytorch_gan.py} made {@code golden/gan-pytorch.json} from it. To
 * make both again, run {@code ./mvnw -pl worker test -Dtest=PyTorchGoldenTest
 * -Dgolden.write=FOLDER}, then the script in that folder.
 */
class PyTorchGoldenTest {
  private static final int STEPS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Map<String, RunSpec> runs() {
    Map<String, RunSpec> runs = new LinkedHashMap<>();
    for (Loss loss : Loss.values()) {
      for (Activation activation :
          new Activation[] {Activation.RELU, Activation.leakyRelu(0.1), Activation.TANH}) {
        Activation output = activation == Activation.TANH ? Activation.TANH : Activation.LINEAR;
        RunSpec run =
            SmallRuns.run(
                "eight-gaussians",
                new NoiseLaw.Normal(),
                3,
                activation,
                output,
                loss,
                0.01,
                STEPS,
                32,
                4);
        runs.put(loss.configName() + " " + activation, run);
      }
    }
    return runs;
  }

  static Stream<String> names() {
    return runs().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void lossesAndParametersAreThoseOfPyTorch(String name) throws IOException {
    JsonNode golden = resource("gan-pytorch.json").get("runs").get(name);
    try (PackTrainer trainer =
        new ReferenceBackend().start(new RunPack(List.of(runs().get(name))))) {
      trainer.advance(STEPS);
      History history = trainer.history(0);
      for (int i = 0; i < STEPS; i++) {
        assertThat((double) history.dLoss(i))
            .isCloseTo(golden.get("d_loss").get(i).doubleValue(), within(1e-6));
        assertThat((double) history.gLoss(i))
            .isCloseTo(golden.get("g_loss").get(i).doubleValue(), within(1e-6));
      }
      assertClose(trainer.generatorParameters(0), golden.get("generator"));
      assertClose(trainer.discriminatorParameters(0), golden.get("discriminator"));
    }
  }

  /** Compares to single precision, in which the parameters are returned. */
  private static void assertClose(float[] found, JsonNode golden) {
    assertThat(found).hasSize(golden.size());
    for (int i = 0; i < found.length; i++) {
      double expected = golden.get(i).doubleValue();
      assertThat((double) found[i])
          .isCloseTo(expected, within(1e-7 * Math.max(0.1, Math.abs(expected))));
    }
  }

  @Test
  void theGoldenInputsAreThoseThatThisProjectDraws() throws IOException {
    ObjectNode inputs = inputs();
    String folder = System.getProperty("golden.write");
    if (folder != null) {
      Files.writeString(Path.of(folder, "gan-inputs.json"), inputs.toString());
    }
    assertThat(JSON.readTree(inputs.toString())).isEqualTo(resource("gan-inputs.json"));
  }

  private static JsonNode resource(String file) throws IOException {
    try (InputStream in = PyTorchGoldenTest.class.getResourceAsStream("/golden/" + file)) {
      return JSON.readTree(in);
    }
  }

  private static ObjectNode inputs() {
    ObjectNode json = JSON.createObjectNode();
    RunSpec any = runs().values().iterator().next();
    RandomGenerator random = RandomStream.INITIALISATION.at(any.seed(), 0);
    int[] g = any.generator().sizes(any.latentDimension(), 2);
    int[] d = any.discriminator().sizes(2, 1);
    json.set("generator_sizes", array(g));
    json.set("discriminator_sizes", array(d));
    json.set("generator", array(GlorotUniform.draw(g, random)));
    json.set("discriminator", array(GlorotUniform.draw(d, random)));
    json.put("generator_rate", any.generatorOptimiser().learningRate());
    json.put("discriminator_rate", any.discriminatorOptimiser().learningRate());
    ArrayNode batches = json.putArray("minibatches");
    Minibatch batch = new Minibatch(any);
    for (int step = 1; step <= STEPS; step++) {
      batch.draw(step);
      ObjectNode node = batches.addObject();
      node.set("real", array(batch.real()));
      node.set("discriminator_noise", array(batch.discriminatorNoise()));
      node.set("generator_noise", array(batch.generatorNoise()));
    }
    ObjectNode named = json.putObject("runs");
    runs()
        .forEach(
            (name, run) ->
                named
                    .putObject(name)
                    .put("loss", run.loss().configName())
                    .put("activation", run.generator().activation().toString())
                    .put("output", run.generator().output().toString()));
    return json;
  }

  private static ArrayNode array(int[] values) {
    ArrayNode array = JSON.createArrayNode();
    for (int value : values) {
      array.add(value);
    }
    return array;
  }

  private static ArrayNode array(float[] values) {
    ArrayNode array = JSON.createArrayNode();
    for (float value : values) {
      array.add((double) value);
    }
    return array;
  }

  private static ArrayNode array(double[] values) {
    ArrayNode array = JSON.createArrayNode();
    for (double value : values) {
      array.add(value);
    }
    return array;
  }
}
