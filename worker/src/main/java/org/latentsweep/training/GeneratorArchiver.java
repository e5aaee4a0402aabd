package org.latentsweep.training;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.latentsweep.network.Activation;
import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.RunSpec;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Turns a trained generator into a DL4J {@code MultiLayerNetwork} archive. The entries are those
 * that {@link ModelSerializer} writes of such a network, but their time is constant, so that the
 * bytes depend on the run alone.
 */
final class GeneratorArchiver {
  /**
   * The time of all entries, in the first year that a zip file can represent. It is not January 1,
   * for which {@link ZipEntry} adds a timestamp that depends on the time zone.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private GeneratorArchiver() {}

  /**
   * Returns the archive of a generator.
   *
   * @param parameters the generator's, layer by layer, weights [in, out] row-major, then biases
   */
  static GeneratorArchive archive(RunSpec run, float[] parameters) {
    int[] sizes = run.generator().sizes(run.latentDimension(), run.distribution().dimensions());
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    // The network is never closed, because closing it runs the garbage collector twice. Its only
    // array is created and closed here.
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(run, sizes));
    try (ZipOutputStream zip = new ZipOutputStream(archive);
        INDArray flat = Nd4j.createFromArray(columnMajorWeights(parameters, sizes))) {
      network.init(flat.reshape(1, parameters.length), false);
      zip.putNextEntry(entry(ModelSerializer.CONFIGURATION_JSON));
      zip.write(network.getLayerWiseConfigurations().toJson().getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(entry(ModelSerializer.COEFFICIENTS_BIN));
      DataOutputStream coefficients = new DataOutputStream(new BufferedOutputStream(zip));
      Nd4j.write(network.params(), coefficients);
      coefficients.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the generator's archive: " + e.getMessage(), e);
    }
    return new GeneratorArchive(archive.toByteArray());
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    return entry;
  }

  private static MultiLayerConfiguration configuration(RunSpec run, int[] sizes) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder().seed(run.seed()).list();
    for (int l = 0; l + 1 < sizes.length; l++) {
      layers.layer(
          new DenseLayer.Builder()
              .nIn(sizes[l])
              .nOut(sizes[l + 1])
              .activation(activation(run.generator().activationAfter(l)))
              .build());
    }
    return layers.build();
  }

  private static IActivation activation(Activation activation) {
    return switch (activation.kind()) {
      case RELU -> new ActivationReLU();
      case LEAKY_RELU -> new ActivationLReLU(activation.slope());
      case TANH -> new ActivationTanH();
      case LINEAR -> new ActivationIdentity();
    };
  }

  /** Returns the parameters with weights [in, out] column-major, as DL4J keeps them. */
  private static float[] columnMajorWeights(float[] parameters, int[] sizes) {
    float[] columnMajor = parameters.clone();
    int at = 0;
    for (int l = 0; l + 1 < sizes.length; l++) {
      int in = sizes[l];
      int out = sizes[l + 1];
      for (int i = 0; i < in; i++) {
        for (int j = 0; j < out; j++) {
          columnMajor[at + j * in + i] = parameters[at + i * out + j];
        }
      }
      at += (in + 1) * out;
    }
    return columnMajor;
  }
}
