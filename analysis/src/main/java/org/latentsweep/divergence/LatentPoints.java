package org.latentsweep.divergence;

/**
 * Images of latents under a generator, with the share of the latent mass that each stands for.
 *
 * @param points the images G(z_i), row-major [n, d]
 * @param weights the share of each times n, so that the sum is n
 */
record LatentPoints(float[] points, double[] weights) {

  /** Returns the density of the images smoothed by N_h, with sites of a given side. */
  SampleDensity smoothed(Grid grid, double h, double side) {
    KernelSites sites = KernelSites.of(points, weights, grid.dimensions(), side);
    return SampleDensity.ofWeighted(grid, h, points, weights, sites);
  }
}
