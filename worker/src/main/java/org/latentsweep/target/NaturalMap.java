package org.latentsweep.target;

/**
 * A map from a latent space to the sample space that turns noise of one law into exactly the
 * target; in one dimension it is the target's quantile function. Learned maps are compared with it.
 */
public interface NaturalMap {

  /** Returns the law of the latents that this map takes. */
  NoiseLaw noise();

  /** Returns the dimension k of the latents. */
  int latentDimension();

  /**
   * Maps one latent to a point of the sample space.
   *
   * @param z the latent, of length k
   * @param x receives the point, of length d
   */
  void map(double[] z, double[] x);
}
