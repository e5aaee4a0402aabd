package org.latentsweep.mapping;

import java.util.Arrays;
import java.util.List;

/**
 * A trained generator as the differentiable map z -> x that its weights define, in double precision
 * and without native code. For one thread.
 *
 * <p>The Jacobian is exact. It is computed backwards, output by output, because d is at most 2 and
 * k may be large: row c of J is e_c^T D_L W_L^T ... D_1 W_1^T, with D_l the derivatives of the
 * activations of layer l, which are those of {@link org.latentsweep.network.Activation#derivative}:
 * at the kink of a ReLU the left derivative, as in training.
 */
public final class GeneratorNetwork implements LatentMap {
  /**
   * Latents that are mapped at a time. Chosen by judgement: the activations of a layer stay in the
   * first cache.
   */
  private static final int BLOCK = 64;

  private final List<DenseLayer> layers;
  private final double[][] activations; // a_l [out_l]
  private final double[][] gradients; // dG_c/da_l [out_l], for one c at a time
  private final double[] inputGradient; // [k]

  /** Takes layers, of which each has as many inputs as the one before it has outputs. */
  GeneratorNetwork(List<DenseLayer> layers) {
    this.layers = List.copyOf(layers);
    activations = buffers(layers);
    gradients = buffers(layers);
    inputGradient = new double[latentDimension()];
  }

  private static double[][] buffers(List<DenseLayer> layers) {
    return layers.stream().map(layer -> new double[layer.out()]).toArray(double[][]::new);
  }

  /**
   * Reads a generator from its archive.
   *
   * @param archive a DL4J {@code MultiLayerNetwork} of dense layers, as {@code ModelSerializer}
   *     writes it
   * @throws IllegalArgumentException naming what in the archive cannot be read
   */
  public static GeneratorNetwork read(byte[] archive) {
    return new GeneratorNetwork(ArchiveReader.layers(archive));
  }

  /** Returns whether {@link #read} can read an archive. */
  public static boolean isReadable(byte[] archive) {
    try {
      read(archive);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public int latentDimension() {
    return layers.get(0).in();
  }

  @Override
  public int dimensions() {
    return layers.get(layers.size() - 1).out();
  }

  @Override
  public void value(double[] z, double[] x) {
    double[] a = z;
    for (int l = 0; l < activations.length; l++) {
      layers.get(l).forward(a, activations[l]);
      a = activations[l];
    }
    System.arraycopy(a, 0, x, 0, dimensions());
  }

  @Override
  public float[] values(float[] latents) {
    int k = latentDimension();
    int n = latents.length / k;
    float[] points = new float[n * dimensions()]; // [n, d]
    float[][] inputs = new float[k][BLOCK];
    List<float[][]> blocks = layers.stream().map(layer -> new float[layer.out()][BLOCK]).toList();
    for (int first = 0; first < n; first += BLOCK) {
      int size = Math.min(BLOCK, n - first);
      transpose(latents, first, size, inputs);
      float[][] a = inputs;
      for (int l = 0; l < layers.size(); l++) {
        layers.get(l).forward(a, blocks.get(l));
        a = blocks.get(l);
      }
      for (int i = 0; i < size; i++) {
        for (int c = 0; c < dimensions(); c++) {
          points[(first + i) * dimensions() + c] = a[c][i];
        }
      }
    }
    return points;
  }

  private static void transpose(float[] latents, int first, int size, float[][] inputs) {
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < inputs.length; j++) {
        inputs[j][i] = latents[(first + i) * inputs.length + j];
      }
    }
  }

  @Override
  public void valueAndJacobian(double[] z, double[] x, double[] jacobian) {
    value(z, x);
    int k = latentDimension();
    for (int c = 0; c < dimensions(); c++) {
      backward(c);
      System.arraycopy(inputGradient, 0, jacobian, c * k, k);
    }
  }

  /** Propagates the gradient of output c back to the input. */
  private void backward(int c) {
    int last = layers.size() - 1;
    Arrays.fill(gradients[last], 0);
    gradients[last][c] = 1;
    for (int l = last; l >= 0; l--) {
      double[] below = l == 0 ? inputGradient : gradients[l - 1];
      layers.get(l).backward(activations[l], gradients[l], below);
    }
  }
}
