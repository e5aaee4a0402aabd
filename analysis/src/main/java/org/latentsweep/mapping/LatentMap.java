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
   * Maps one latent, and computes the Jacobian there.
   *
   * @param z the latent, length k
   * @param x filled with G(z), length d
   * @param jacobian filled with dG_c/dz_j, row-major [d, k]
   */
  void valueAndJacobian(double[] z, double[] x, double[] jacobian);
}
