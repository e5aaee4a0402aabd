package org.latentsweep.target;

/**
 * A map from a latent space, under a noise law, whose image of that noise is exactly the target: in
 * one dimension the quantile function. It is the reference picture and the reference sampler.
 */
public interface NaturalMap {

  /** The law of the latents that this map takes. */
  NoiseLaw noise();

  /** The dimension k of the latents. */
  int latentDimension();

  /**
   * Maps one latent to the sample space.
   *
   * @param z the latent, length k
   * @param x filled with the point, length d
   */
  void map(double[] z, double[] x);
}
