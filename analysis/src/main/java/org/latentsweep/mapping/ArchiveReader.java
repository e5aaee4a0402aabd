package org.latentsweep.mapping;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latentsweep.network.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * Reads the layers of a generator from a DL4J archive, with only those parts of DL4J and ND4J that
 * need no native back end.
 */
final class ArchiveReader {
  private ArchiveReader() {}

  /**
   * Returns the layers, from the first to the last.
   *
   * @throws IllegalArgumentException naming what in the archive cannot be read
   */
  static List<DenseLayer> layers(byte[] archive) {
    ArchivedNetwork network = ArchivedNetwork.read(archive);
    try {
      List<DenseLayer> layers = new ArrayList<>();
      float[] parameters = network.parameters();
      int start = 0;
      for (org.deeplearning4j.nn.conf.layers.DenseLayer layer : network.layers()) {
        int in = Math.toIntExact(layer.getNIn());
        int out = Math.toIntExact(layer.getNOut());
        int end = start + (in + 1) * out;
        float[] own = Arrays.copyOfRange(parameters, start, end);
        layers.add(new DenseLayer(in, out, activation(layer.getActivationFn()), own));
        start = end;
      }
      return layers;
    } catch (IOException | OutOfMemoryError e) {
      throw ArchivedNetwork.unreadable(e);
    }
  }

  private static Activation activation(IActivation activation) throws IOException {
    if (activation instanceof ActivationReLU) {
      return Activation.RELU;
    }
    if (activation instanceof ActivationLReLU leaky) {
      return Activation.leakyRelu(leaky.getAlpha());
    }
    if (activation instanceof ActivationTanH) {
      return Activation.TANH;
    }
    if (activation instanceof ActivationIdentity) {
      return Activation.LINEAR;
    }
    throw new IOException("no generator has the activation " + activation);
  }
}
