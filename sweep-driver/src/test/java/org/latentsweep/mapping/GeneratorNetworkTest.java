package org.latentsweep.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.network.Activation;
import org.latentsweep.network.AdamSpec;
import org.latentsweep.network.Loss;
import org.latentsweep.network.MlpSpec;
import org.latentsweep.random.RandomStream;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.run.RunResult;
import org.latentsweep.run.RunSpec;
import org.latentsweep.run.SampleSchedule;
import org.latentsweep.run.SampleSet;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.training.BackendChoice;
import org.latentsweep.training.CheckpointPolicy;
import org.latentsweep.training.CheckpointStore;
import org.latentsweep.training.PackTraining;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.factory.Nd4j;

/** Generators that were read from archives, compared with DL4J, the back end and differences. */
class GeneratorNetworkTest {
  private static final int SAMPLES = 200;

  private static final CheckpointStore NO_CHECKPOINTS =
      new CheckpointStore() {
        @Override
        public Optional<InputStream> read(RunId run) {
          return Optional.empty();
        }

        @Override
        public void write(RunId run, Content content) {}
      };

  static Stream<RunSpec> runs() {
    return Stream.of(
        run("eight-gaussians", new NoiseLaw.Normal(), 2, Activation.RELU, Activation.LINEAR),
        run("spiral", new NoiseLaw.Uniform(-1, 1), 1, Activation.leakyRelu(0.1), Activation.TANH),
        run("gaussian", new NoiseLaw.Normal(), 30, Activation.TANH, Activation.LINEAR),
        run("normal-1d", new NoiseLaw.Uniform(0, 1), 3, Activation.LINEAR, Activation.LINEAR),
        run("eight-gaussians", new NoiseLaw.NormalOneHot(8), 10, Activation.RELU, Activation.TANH));
  }

  private static RunSpec run(
      String target, NoiseLaw noise, int k, Activation activation, Activation output) {
    AdamSpec adam = new AdamSpec(1e-3, 0.5, 0.999, 1e-7);
    return new RunSpec(
        target,
        noise,
        k,
        new MlpSpec(List.of(17, 12), activation, output),
        new MlpSpec(List.of(8), Activation.RELU, Activation.LINEAR),
        Loss.NON_SATURATING,
        adam,
        adam,
        30,
        16,
        new SampleSchedule(0, 0, SAMPLES),
        7);
  }

  private static RunResult trained(RunSpec run) {
    List<RunResult> results = new ArrayList<>();
    PackTraining.train(
        new RunPack(List.of(run)),
        BackendChoice.of("cpu"),
        CheckpointPolicy.NONE,
        NO_CHECKPOINTS,
        () -> false,
        results::add);
    return results.get(0);
  }

  private static float[] latents(RunSpec run) {
    float[] latents = new float[SAMPLES * run.latentDimension()];
    run.noise()
        .fill(RandomStream.EVALUATION_NOISE.at(run.seed(), 0), run.latentDimension(), latents);
    return latents;
  }

  private static double[] latent(float[] latents, int i, int k) {
    double[] z = new double[k];
    Arrays.setAll(z, j -> latents[i * k + j]);
    return z;
  }

  @ParameterizedTest
  @MethodSource("runs")
  void pointsAreEqualToThoseOfDl4jAndOfTheBackEnd(RunSpec run) throws IOException {
    RunResult result = trained(run);
    byte[] archive = result.generator().orElseThrow().bytes();
    GeneratorNetwork generator = GeneratorNetwork.read(archive);
    int k = run.latentDimension();
    float[] latents = latents(run);
    SampleSet samples = result.samples().get(0);
    float[][] outputs =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(archive))
            .output(Nd4j.createFromArray(latents).reshape(SAMPLES, k))
            .toFloatMatrix();

    assertThat(generator.latentDimension()).isEqualTo(k);
    assertThat(generator.dimensions()).isEqualTo(run.distribution().dimensions());
    double[] x = new double[generator.dimensions()];
    for (int i = 0; i < SAMPLES; i++) {
      generator.value(latent(latents, i, k), x);
      for (int c = 0; c < x.length; c++) {
        assertThat(x[c]).isCloseTo(outputs[i][c], within(1e-5));
        assertThat(x[c]).isCloseTo(samples.coordinate(i, c), within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("runs")
  void jacobiansAreEqualToDifferencesAwayFromKinks(RunSpec run) {
    GeneratorNetwork generator =
        GeneratorNetwork.read(trained(run).generator().orElseThrow().bytes());
    int k = run.latentDimension();
    int d = generator.dimensions();
    float[] latents = latents(run);
    double[] x = new double[d];
    double[] jacobian = new double[d * k];
    int smooth = 0;
    for (int i = 0; i < SAMPLES; i++) {
      double[] z = latent(latents, i, k);
      generator.valueAndJacobian(z, x, jacobian);
      for (int j = 0; j < k; j++) {
        double[] right = slopes(generator, z, x, j, 1e-7);
        double[] left = slopes(generator, z, x, j, -1e-7);
        for (int c = 0; c < d; c++) {
          if (Math.abs(right[c] - left[c]) < 1e-5) {
            smooth++;
            assertThat(jacobian[c * k + j]).isCloseTo((left[c] + right[c]) / 2, within(1e-5));
          }
        }
      }
    }
    assertThat(smooth).isGreaterThan(SAMPLES * k * d * 99 / 100);
  }

  private static double[] slopes(LatentMap map, double[] z, double[] x, int j, double step) {
    double[] moved = z.clone();
    moved[j] += step;
    double[] slopes = new double[x.length];
    map.value(moved, slopes);
    for (int c = 0; c < x.length; c++) {
      slopes[c] = (slopes[c] - x[c]) / step;
    }
    return slopes;
  }

  /** Returns a network x = f(z) with one layer and one dimension. */
  private static GeneratorNetwork bare(IActivation activation) throws IOException {
    return GeneratorNetwork.read(archive(new float[] {1, 0}, dense(activation)));
  }

  private static Layer dense(IActivation activation) {
    return new DenseLayer.Builder().nIn(1).nOut(1).activation(activation).build();
  }

  private static byte[] archive(float[] parameters, Layer layer) throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(new NeuralNetConfiguration.Builder().list().layer(layer).build());
    network.init(Nd4j.createFromArray(parameters).reshape(1, parameters.length), true);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, out, false);
    return out.toByteArray();
  }

  @Test
  void theDerivativeAtAKinkIsTheOneFromTheLeft() throws IOException {
    assertSlope(bare(new ActivationReLU()), 0, 0);
    assertSlope(bare(new ActivationReLU()), 0.5, 1);
    assertSlope(bare(new ActivationLReLU(0.25)), 0, 0.25);
    assertSlope(bare(new ActivationTanH()), 0, 1);
  }

  private static void assertSlope(GeneratorNetwork generator, double z, double slope) {
    double[] jacobian = new double[1];
    generator.valueAndJacobian(new double[] {z}, new double[1], jacobian);
    assertThat(jacobian[0]).isEqualTo(slope);
  }

  @Test
  void otherNetworksAreRefused() throws IOException {
    assertRefused("no zip".getBytes(StandardCharsets.US_ASCII), "it has no configuration.json");
    assertRefused(
        archive(new float[] {1, 0}, dense(new ActivationSigmoid())),
        "no generator has the activation sigmoid");
    assertRefused(
        archive(new float[] {1, 0, 0, 1}, new BatchNormalization.Builder().nIn(1).nOut(1).build()),
        "a layer is no dense one, but BatchNormalization");
  }

  private static void assertRefused(byte[] archive, String reason) {
    assertThatThrownBy(() -> GeneratorNetwork.read(archive))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read generator's archive: " + reason);
  }

  @Test
  void damagedArchivesAreRefused() throws IOException {
    byte[] whole = archive(new float[] {1, 0}, dense(new ActivationTanH()));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20; i++) {
      byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length / 2));
      assertThatThrownBy(() -> GeneratorNetwork.read(cut))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Cannot read generator's archive: ");
    }
  }

  /** Throws when it is deserialised, as an object that runs code would not. */
  private static final class Trap implements Serializable {
    private static final long serialVersionUID = 1;

    private void readObject(ObjectInputStream in) {
      throw new AssertionError("deserialised");
    }
  }

  /** Returns an archive with one entry replaced or added before the others. */
  private static byte[] with(byte[] archive, String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out);
        ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.getName().equals(name)) {
          zip.putNextEntry(new ZipEntry(entry.getName()));
          zip.write(in.readAllBytes());
        }
      }
    }
    return out.toByteArray();
  }

  private static byte[] sound() throws IOException {
    return archive(new float[] {1, 0}, dense(new ActivationTanH()));
  }

  @Test
  void objectsInAnArchiveAreNotRead() throws IOException {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(object)) {
      out.writeObject(new Trap());
    }
    byte[] archive = with(sound(), "preprocessor.bin", object.toByteArray());
    assertThat(GeneratorNetwork.read(archive).latentDimension()).isEqualTo(1);
    assertThat(ArchivedNetwork.read(archive).parameters()).containsExactly(1, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"coefficients.bin", "configuration.json", "preprocessor.bin"})
  void anEntryThatUnpacksToFarMoreIsRefused(String name) throws IOException {
    byte[] bomb = with(sound(), name, new byte[64 << 20]);
    assertThat(bomb.length).isLessThan(1 << 18);
    assertThatThrownBy(() -> GeneratorNetwork.read(bomb))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot read generator's archive: its " + name + " unpacks to more");
  }

  @Test
  void layersOfAbsurdSizesAreRefused() throws IOException {
    String json = ArchivedNetwork.read(sound()).configuration().toJson();
    String nested = "{\"a\":".repeat(100_000);
    for (String size : List.of("2147483647", "9223372036854775807", "-1", "0", "65536")) {
      String absurd = json.replaceAll("\"n(in|out)\" : 1", "\"n$1\" : " + size);
      assertThat(absurd).isNotEqualTo(json);
      byte[] archive = with(sound(), "configuration.json", absurd.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> GeneratorNetwork.read(archive))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Cannot read generator's archive: ");
    }
    byte[] deep = with(sound(), "configuration.json", nested.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> GeneratorNetwork.read(deep))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
