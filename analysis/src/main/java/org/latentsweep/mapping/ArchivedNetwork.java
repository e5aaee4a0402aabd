package org.latentsweep.mapping;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.common.primitives.Triple;
import org.nd4j.linalg.api.buffer.BaseDataBuffer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The configuration and the parameters in a DL4J archive, which may come from anyone: a zip file of
 * {@code configuration.json} and {@code coefficients.bin}. The latter holds one array as ND4J
 * writes it: the buffer of its shape and the buffer of its numbers, each of which is a header
 * followed by big-endian values.
 *
 * <p>Reads only these two entries, and no more of them than a network can have. DL4J's own reader
 * also deserialises Java objects from other entries, which can run code.
 */
public final class ArchivedNetwork {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";

  /** Chosen by judgement: a layer takes about 2 kB. */
  private static final int MAX_CONFIGURATION = 8 << 20;

  /** Chosen by judgement: the numbers of a trained network hardly compress. */
  private static final int MAX_RATIO = 20;

  private static final int SMALL = 1 << 20; // bytes that any archive may unpack to
  private static final int MAX_SHAPE = 64; // numbers that describe the shape of an array

  private final MultiLayerConfiguration configuration;
  private final float[] parameters;

  private ArchivedNetwork(MultiLayerConfiguration configuration, float[] parameters) {
    this.configuration = configuration;
    this.parameters = parameters;
  }

  /**
   * Reads an archive of a network of dense layers.
   *
   * @throws IllegalArgumentException naming what in the archive cannot be read
   */
  public static ArchivedNetwork read(byte[] archive) {
    try {
      Map<String, byte[]> entries = entries(archive);
      MultiLayerConfiguration configuration =
          MultiLayerConfiguration.fromJson(
              new String(entry(entries, CONFIGURATION), StandardCharsets.UTF_8));
      ArchivedNetwork network =
          new ArchivedNetwork(configuration, parameters(entry(entries, COEFFICIENTS)));
      network.checkSizes();
      return network;
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw unreadable(e); // damaged bytes make DL4J throw anything
    }
  }

  static IllegalArgumentException unreadable(Throwable e) {
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    return new IllegalArgumentException("Cannot read generator's archive: " + reason, e);
  }

  private static Map<String, byte[]> entries(byte[] archive) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    long left = SMALL + (long) MAX_RATIO * archive.length;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry();
          entry != null && entries.size() < 2;
          entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (name.equals(CONFIGURATION)) {
          entries.putIfAbsent(name, bounded(zip, name, Math.min(left, MAX_CONFIGURATION)));
        } else if (name.equals(COEFFICIENTS)) {
          entries.putIfAbsent(name, bounded(zip, name, left));
        } else {
          bounded(zip, name, SMALL);
        }
      }
    }
    return entries;
  }

  private static byte[] bounded(InputStream in, String name, long limit) throws IOException {
    byte[] bytes = in.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE));
    if (bytes.length > limit) {
      throw new IOException(
          String.format(Locale.ROOT, "its %s unpacks to more than %d bytes", name, limit));
    }
    return bytes;
  }

  private static byte[] entry(Map<String, byte[]> entries, String name) throws IOException {
    byte[] entry = entries.get(name);
    if (entry == null) {
      throw new IOException("it has no " + name);
    }
    return entry;
  }

  /** Returns the parameters layer by layer: W [in, out] column-major, then b [out]. */
  private static float[] parameters(byte[] entry) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry));
    Triple<DataBuffer.AllocationMode, Long, DataType> shape = BaseDataBuffer.readHeader(in);
    if (shape.getSecond() < 0 || shape.getSecond() > MAX_SHAPE) {
      throw new IOException("the shape of its coefficients has " + shape.getSecond() + " numbers");
    }
    in.skipNBytes(shape.getSecond() * shape.getThird().width());
    Triple<DataBuffer.AllocationMode, Long, DataType> numbers = BaseDataBuffer.readHeader(in);
    if (numbers.getThird() != DataType.FLOAT) {
      throw new IOException("its coefficients are " + numbers.getThird() + " instead of FLOAT");
    }
    ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
    float[] parameters = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(parameters);
    return parameters;
  }

  /** Checks that all layers are dense, fit to each other, and have all parameters. */
  private void checkSizes() throws IOException {
    long count = 0;
    long inputs = 0;
    for (DenseLayer layer : layers()) {
      if (layer.getNIn() < 1 || layer.getNOut() < 1 || inputs != 0 && layer.getNIn() != inputs) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "a layer of %d inputs and %d outputs follows %d outputs",
                layer.getNIn(),
                layer.getNOut(),
                inputs));
      }
      inputs = layer.getNOut();
      long more = Math.multiplyExact(Math.addExact(layer.getNIn(), 1), layer.getNOut());
      count = Math.addExact(count, more);
    }
    if (count > parameters.length) {
      throw new IOException("it has fewer coefficients than its layers have");
    }
    if (count < parameters.length) {
      throw new IOException("it has more coefficients than its layers have");
    }
  }

  /** Returns the layers, from the first to the last. */
  List<DenseLayer> layers() throws IOException {
    List<DenseLayer> layers = new ArrayList<>();
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      layers.add(dense(layer.getLayer()));
    }
    return layers;
  }

  private static DenseLayer dense(Layer layer) throws IOException {
    if (layer instanceof DenseLayer dense) {
      return dense;
    }
    throw new IOException("a layer is no dense one, but " + layer.getClass().getSimpleName());
  }

  /** Returns DL4J's configuration of the network. */
  public MultiLayerConfiguration configuration() {
    return configuration;
  }

  /** Returns the parameters layer by layer, weights [in, out] column-major, then biases. */
  public float[] parameters() {
    return parameters.clone();
  }
}
