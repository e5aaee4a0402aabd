package org.latentsweep.mapping;

/**
 * A differentiable map G from latents to points, R^k to R^d with d = 1 or 2. For one thread:
 * implementations may keep buffers.
 */
public interface LatentMap {

  /** Returns k, at least 1. */
  int latentDimension();

  /** Returns d, 1 or 2. */
  int dimensions();

  /**
   * Maps one latent.
   *
   * @param z the latent, length k
   * @param x filled with G(z), length d
   */
  void value(double[] z, double[] x);

  /**
   * Maps many latents, which may be rounded to single precision on the way.
   *
   * @param latents row-major [n, k]
   * @return their images, row-major [n, d]
   */
  default float[] values(float[] latents) {
    double[] z = new double[latentDimension()];
    double[] x = new double[dimensions()];
    float[] points = new float[latents.length / z.length * x.length];
    for (int i = 0; i < latents.length / z.length; i++) {
      for (int j = 0; j < z.length; j++) {
        z[j] = latents[i * z.length + j];
      }
      value(z, x);
      for (int c = 0; c < x.length; c++) {
        points[i * x.length + c] = (float) x[c];
      }
    }
    return points;
  }

  /**
   * Maps one latent, and computes the Jacobian there.
   *
   * @param z the latent, length k
   * @param x filled with G(z), length d
   * @param jacobian filled with dG_c/dz_j, row-major [d, k]
   */
  void valueAndJacobian(double[] z, double[] x, double[] jacobian);
}
