package org.latentsweep.divergence;

/**
 * The density q_h of samples smoothed by N_h, on a grid: q_h(x) = 1/n sum_i N(x - x_i; 0, h^2 I).
 *
 * <p>Inner samples, which lie in the inner box of the grid, are kept apart from the outer ones,
 * because the grid holds the whole kernel of the inner ones only. Immutable.
 */
final class SampleDensity {
  /** Multiples of h at which kernels are cut off: beyond, they are below 1e-12 of their centre. */
  private static final double REACH = 7.5;

  /**
   * Multiples of h around a sample within which the convolution is trusted. Chosen by judgement:
   * farther out the error by the cut-off could matter to the log density, which {@link FarField}
   * gives there.
   */
  private static final double TRUSTED = 5;

  private final Grid grid;
  private final double h;
  private final KernelSites sites;
  private final double[][] halvedWeights; // [rows / 2, nodes / 2], samples binned on halved grid
  private final double[][] inner; // [rows, nodes]
  private final double[][] all; // [rows, nodes]
  private final double minTrusted;

  private SampleDensity(
      Grid grid,
      double h,
      KernelSites sites,
      double[][] halvedWeights,
      double[][] inner,
      double[][] all) {
    this.grid = grid;
    this.h = h;
    this.sites = sites;
    this.halvedWeights = halvedWeights;
    this.inner = inner;
    this.all = all;
    double peak = grid.kernelPeak(h) / sites.samples();
    minTrusted = peak * Math.exp(-0.5 * TRUSTED * TRUSTED);
  }

  /** Bins and smooths samples, row-major [n, d], finite. */
  static SampleDensity of(Grid grid, double h, float[] points) {
    return of(grid, h, points, KernelSites.of(points, grid.dimensions(), grid.step()));
  }

  /** Bins and smooths samples whose sites are known. */
  static SampleDensity of(Grid grid, double h, float[] points, KernelSites sites) {
    Grid halved = grid.halved();
    double[][] halvedWeights = halved.zeros();
    double[][] innerWeights = grid.zeros();
    double[][] outerWeights = grid.zeros();
    boolean anyOuter = false;
    for (int i = 0; i < sites.samples(); i++) {
      double x = points[i * grid.dimensions()];
      double y = grid.dimensions() == 1 ? 0 : points[2 * i + 1];
      boolean isInner = grid.isInner(x, y);
      anyOuter |= !isInner;
      if (isInner || halved.contains(x, y)) {
        grid.bin(x, y, 1, isInner ? innerWeights : outerWeights);
        halved.bin(x, y, 1, halvedWeights);
      }
    }
    double[][] inner = smooth(grid, h, sites.samples(), innerWeights);
    double[][] all =
        anyOuter ? LatticeValues.sum(inner, smooth(grid, h, sites.samples(), outerWeights)) : inner;
    return new SampleDensity(grid, h, sites, halvedWeights, inner, all);
  }

  private static double[][] smooth(Grid grid, double h, int n, double[][] weights) {
    double[][] smoothed = kernel(grid, h, 1, REACH).apply(weights);
    LatticeValues.scale(smoothed, 1 / (n * grid.cellVolume()));
    return smoothed;
  }

  /**
   * Returns the convolution with a normal of standard deviation sdInH * h, cut off at reach * h.
   */
  private static GaussianConvolution kernel(Grid grid, double h, double sdInH, double reach) {
    return new GaussianConvolution(sdInH * h / grid.step(), reach * h / grid.step());
  }

  /** Returns n, the number of samples. */
  int size() {
    return sites.samples();
  }

  /** Returns the part of q_h that comes from the inner samples; its integral is their share. */
  double[][] inner() {
    return inner;
  }

  /** Returns q_h, from every sample whose kernel reaches the grid, [rows, nodes]. */
  double[][] all() {
    return all;
  }

  /** Returns the value that {@link #all} must exceed at a node to be trusted there. */
  double minTrusted() {
    return minTrusted;
  }

  /**
   * Returns (N_h^2 * q)(x) on the halved grid. The squared kernel is (4 pi h^2)^(-d/2) times a
   * normal of variance h^2 / 2.
   */
  double[][] squaredKernel() {
    Grid halved = grid.halved();
    double[][] smoothed = kernel(halved, h, Math.sqrt(0.5), TRUSTED).apply(halvedWeights);
    double peak = Math.pow(4 * Math.PI * h * h, -0.5 * grid.dimensions());
    LatticeValues.scale(smoothed, peak / (size() * halved.cellVolume()));
    return smoothed;
  }

  /**
   * Returns V / q_h^2, the relative variance of the density estimate, in [0, 1].
   *
   * @param concentration sum_i r_i^2 of {@link KernelValue}; binning can take it a little out of
   *     its range
   */
  double relativeVariance(double concentration) {
    int n = size();
    return Math.max(0, Math.min(1, (n * concentration - 1) / (n - 1)));
  }

  /** Returns (N_h * f)(x) on the halved grid, with the normal cut off at reach * h. */
  double[][] smooth(double[][] f, double reach) {
    return kernel(grid.halved(), h, 1, reach).apply(f);
  }

  /** Returns the sites of all samples, from which the density follows at any distance. */
  KernelSites sites() {
    return sites;
  }
}
