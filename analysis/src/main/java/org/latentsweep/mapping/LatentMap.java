package org.latentsweep.mapping;

/**
 * A map G from latents to points, R^k to R^d with d = 1 or 2, that can be differentiated.
 *
 * <p>Used by one thread: implementations may keep buffers.
 */
public interface LatentMap {

  /** k, at least 1. */
  int latentDimension();

  /** d: 1 or 2. */
  int dimensions();

  /**
   * Maps one latent.
   *
   * @param z the latent, length k
   * @param x filled with G(z), length d
   */
  void value(double[] z, double[] x);

  /**
   * Maps and differentiates at one latent.
   *
   * @param z the latent, length k
   * @param x filled with G(z), length d
   * @param jacobian filled with dG_c/dz_j, row-major [d, k]
   */
  void valueAndJacobian(double[] z, double[] x, double[] jacobian);
}
