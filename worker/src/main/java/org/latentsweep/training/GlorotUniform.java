package org.latentsweep.training;

import java.util.random.RandomGenerator;

/**
 * Draws initial parameters: weights from U(-a, a) with a = sqrt(6 / (in + out)) (Glorot and Bengio
 * 2010, equation 16), and biases of 0.
 */
final class GlorotUniform {
  private GlorotUniform() {}

  /**
   * Draws the parameters of one network.
   *
   * @param sizes the sizes of the layers, [in, widths..., out]
   * @return the parameters, layer by layer, weights [in, out] row-major, then biases
   */
  static float[] draw(int[] sizes, RandomGenerator random) {
    float[] parameters = new float[parameterCount(sizes)];
    int at = 0;
    for (int l = 0; l + 1 < sizes.length; l++) {
      double a = Math.sqrt(6.0 / (sizes[l] + sizes[l + 1]));
      for (int i = 0; i < Math.multiplyExact(sizes[l], sizes[l + 1]); i++) {
        parameters[at++] = (float) (a * (2 * random.nextDouble() - 1));
      }
      at += sizes[l + 1];
    }
    return parameters;
  }

  static int parameterCount(int[] sizes) {
    int count = 0;
    for (int l = 0; l + 1 < sizes.length; l++) {
      count = Math.addExact(count, Math.multiplyExact(sizes[l] + 1, sizes[l + 1]));
    }
    return count;
  }
}
