package org.latentsweep.divergence;

import org.latentsweep.mapping.LatentMap;
import org.latentsweep.target.NoiseLaw;

/**
 * A generator as a map of normal coordinates: each continuous latent is the quantile of the noise
 * at Phi(t), with t ~ N(0, 1), and the place of a one-hot vector, if there is one, is evenly
 * distributed. For one thread.
 */
final class NormalLatents {
  private static final NoiseLaw NORMAL = new NoiseLaw.Normal();

  private final LatentMap map;
  private final NoiseLaw noise;
  private final int size;
  private final double[] latent; // [k]
  private final double[] jacobian; // [d, k]

  /** Takes a generator and the law of its noise. */
  NormalLatents(LatentMap map, NoiseLaw noise) {
    this.map = map;
    this.noise = noise;
    size = noise.continuousDimensions(map.latentDimension());
    latent = new double[map.latentDimension()];
    jacobian = new double[map.dimensions() * map.latentDimension()];
  }

  /** Returns the latent whose normal coordinate is t. */
  private static double latent(double t, NoiseLaw noise) {
    return noise instanceof NoiseLaw.Uniform ? noise.quantile(NORMAL.cumulative(t)) : t;
  }

  /** Returns the derivative of {@link #latent}. */
  private static double derivative(double t, NoiseLaw noise) {
    return noise instanceof NoiseLaw.Uniform uniform
        ? (uniform.high() - uniform.low()) * Math.exp(-t * t / 2) / Math.sqrt(2 * Math.PI)
        : 1;
  }

  /** Returns the number of normal coordinates. */
  int size() {
    return size;
  }

  /** Returns the number of places of the one-hot vector, 1 if there is none. */
  int places() {
    return Math.max(1, map.latentDimension() - size);
  }

  /** Returns d, 1 or 2. */
  int dimensions() {
    return map.dimensions();
  }

  /**
   * Maps many latents, in single precision.
   *
   * @param t normal coordinates, [n][size]
   * @param places places of the one-hot vectors, [n]
   * @return the images, row-major [n, d]
   */
  float[] images(double[][] t, int[] places) {
    int k = latent.length;
    float[] latents = new float[t.length * k];
    for (int i = 0; i < t.length; i++) {
      for (int j = 0; j < size; j++) {
        latents[i * k + j] = (float) latent(t[i][j], noise);
      }
      if (size < k) {
        latents[i * k + size + places[i]] = 1;
      }
    }
    return map.values(latents);
  }

  /**
   * Maps many latents to points at which a density can be estimated.
   *
   * @return the images, as {@link #images} does
   * @throws IllegalArgumentException if one is infinite or undefined
   */
  float[] finiteImages(double[][] t, int[] places) {
    float[] images = images(t, places);
    for (float coordinate : images) {
      if (!Float.isFinite(coordinate)) {
        throw new IllegalArgumentException(
            "Cannot measure the generator: it maps a latent to an infinite or undefined point");
      }
    }
    return images;
  }

  /**
   * Maps one latent.
   *
   * @param x filled with the image, [d]
   */
  void value(double[] t, int place, double[] x) {
    set(t, place);
    map.value(latent, x);
  }

  /**
   * Maps one latent, and computes the derivatives of its image.
   *
   * @param x filled with the image, [d]
   * @param derivatives filled with dx_c/dt_j, [d][size]
   */
  void valueAndDerivatives(double[] t, int place, double[] x, double[][] derivatives) {
    set(t, place);
    map.valueAndJacobian(latent, x, jacobian);
    for (int c = 0; c < x.length; c++) {
      for (int j = 0; j < size; j++) {
        derivatives[c][j] = jacobian[c * latent.length + j] * derivative(t[j], noise);
      }
    }
  }

  private void set(double[] t, int place) {
    for (int j = 0; j < latent.length; j++) {
      latent[j] = j < size ? latent(t[j], noise) : 0;
    }
    if (size < latent.length) {
      latent[size + place] = 1;
    }
  }
}
