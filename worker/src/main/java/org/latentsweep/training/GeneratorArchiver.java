package org.latentsweep.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** Turns a trained generator into a DL4J {@code MultiLayerNetwork} archive. */
final class GeneratorArchiver {
  private GeneratorArchiver() {}

  /**
   * The archive of a generator.
   *
   * @param parameters layer by layer, weights [in, out] row-major, then biases
   */
  static GeneratorArchive archive(RunSpec run, float[] parameters) {
    int[] sizes = run.generator().sizes(run.latentDimension(), run.distribution().dimensions());
    // Never closed: that collects garbage twice. Its one array is ours, and is closed here.
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(run, sizes));
    try (INDArray flat = Nd4j.createFromArray(columnMajorWeights(parameters, sizes))) {
      network.init(flat.reshape(1, parameters.length), false);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ModelSerializer.writeModel(network, out, false);
      return new GeneratorArchive(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the generator's archive: " + e.getMessage(), e);
    }
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

  /** DL4J keeps its weights [in, out] column-major. */
  private static float[] columnMajorWeights(float[] parameters, int[] sizes) {
    float[] turned = parameters.clone();
    int at = 0;
    for (int l = 0; l + 1 < sizes.length; l++) {
      int in = sizes[l];
      int out = sizes[l + 1];
      for (int i = 0; i < in; i++) {
        for (int j = 0; j < out; j++) {
          turned[at + j * in + i] = parameters[at + i * out + j];
        }
      }
      at += (in + 1) * out;
    }
    return turned;
  }
}
