package org.latentsweep.mapping;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.latentsweep.network.Activation;
import org.nd4j.common.primitives.Triple;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.BaseDataBuffer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Reads the layers of a generator from a DL4J archive, with only those parts of DL4J and ND4J that
 * need no native back end.
 *
 * <p>The archive is a zip file of {@code configuration.json} and {@code coefficients.bin}. The
 * latter holds one array as ND4J writes it: the buffer of its shape and the buffer of its numbers,
 * each of which is a header followed by big-endian values.
 */
final class ArchiveReader {
  private ArchiveReader() {}

  /**
   * Returns the layers, from the first to the last.
   *
   * @throws IllegalArgumentException naming what in the archive cannot be read
   */
  static List<DenseLayer> layers(byte[] archive) {
    try {
      Map<String, byte[]> entries = entries(archive);
      return layers(configuration(entries), parameters(entries));
    } catch (IOException | RuntimeException e) { // damaged bytes make DL4J throw anything
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      throw new IllegalArgumentException("Cannot read generator's archive: " + reason, e);
    }
  }

  private static Map<String, byte[]> entries(byte[] archive) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] entry(Map<String, byte[]> entries, String name) throws IOException {
    byte[] entry = entries.get(name);
    if (entry == null) {
      throw new IOException("it has no " + name);
    }
    return entry;
  }

  private static MultiLayerConfiguration configuration(Map<String, byte[]> entries)
      throws IOException {
    return MultiLayerConfiguration.fromJson(
        new String(entry(entries, "configuration.json"), StandardCharsets.UTF_8));
  }

  /** Returns the parameters layer by layer: W [in, out] column-major, then b [out]. */
  private static ByteBuffer parameters(Map<String, byte[]> entries) throws IOException {
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(entry(entries, "coefficients.bin")));
    Triple<DataBuffer.AllocationMode, Long, DataType> shape = BaseDataBuffer.readHeader(in);
    in.skipNBytes(shape.getSecond() * shape.getThird().width());
    Triple<DataBuffer.AllocationMode, Long, DataType> numbers = BaseDataBuffer.readHeader(in);
    if (numbers.getThird() != DataType.FLOAT) {
      throw new IOException("its coefficients are " + numbers.getThird() + " instead of FLOAT");
    }
    return ByteBuffer.wrap(in.readAllBytes());
  }

  private static List<DenseLayer> layers(
      MultiLayerConfiguration configuration, ByteBuffer parameters) throws IOException {
    List<DenseLayer> layers = new ArrayList<>();
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      layers.add(layer(layer.getLayer(), parameters));
    }
    if (parameters.hasRemaining()) {
      throw new IOException("it has more coefficients than its layers have");
    }
    return layers;
  }

  private static DenseLayer layer(Layer layer, ByteBuffer parameters) throws IOException {
    if (!(layer instanceof org.deeplearning4j.nn.conf.layers.DenseLayer dense)) {
      throw new IOException("a layer is no dense one, but " + layer.getClass().getSimpleName());
    }
    int in = Math.toIntExact(dense.getNIn());
    int out = Math.toIntExact(dense.getNOut());
    int count = (in + 1) * out;
    if (parameters.remaining() < count * Float.BYTES) {
      throw new IOException("it has fewer coefficients than its layers have");
    }
    float[] own = new float[count];
    for (int i = 0; i < count; i++) {
      own[i] = parameters.getFloat();
    }
    return new DenseLayer(in, out, activation(dense.getActivationFn()), own);
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
