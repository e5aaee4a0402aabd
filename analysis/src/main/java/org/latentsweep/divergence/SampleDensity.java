package org.latentsweep.divergence;

/**
 * The density q_h of samples smoothed by N_h, on a grid: q_h(x) = 1/n sum_i N(x - x_i; 0, h^2 I).
 *
 * <p>Samples in the grid's inner box and outer ones are told apart, because the grid holds the
 * whole kernel of the former only.
 */
final class SampleDensity {
  /** Kernels are cut off at this many h: what is left is below 1e-12 of the centre. */
  private static final double REACH = 7.5;

  /**
   * The convolution is trusted to within this many h of a sample. Further out the log density is
   * {@link FarField}'s: what the cut-off loses could matter there.
   */
  private static final double TRUSTED = 5;

  private final Grid grid;
  private final Grid halved;
  private final double h;
  private final int samples;
  private final KernelSites sites;
  private final double[][] halvedWeights; // [rows / 2, nodes / 2], samples on the halved grid
  private final double[][] inner; // [rows, nodes]
  private final double[][] all; // [rows, nodes]

  /** Bins and smooths the samples, row-major [n, d], finite. */
  SampleDensity(Grid grid, double h, float[] points) {
    this(grid, h, points, new KernelSites(points, grid.dimensions(), grid.step()));
  }

  /** Bins and smooths samples of which the sites are known. */
  SampleDensity(Grid grid, double h, float[] points, KernelSites sites) {
    this.grid = grid;
    this.h = h;
    halved = grid.halved();
    samples = points.length / grid.dimensions();
    this.sites = sites;
    halvedWeights = halved.zeros();
    double[][] innerWeights = grid.zeros();
    double[][] outerWeights = grid.zeros();
    boolean anyOuter = false;
    for (int i = 0; i < samples; i++) {
      double x = points[i * grid.dimensions()];
      double y = grid.dimensions() == 1 ? 0 : points[2 * i + 1];
      boolean isInner = grid.inner(x, y);
      anyOuter |= !isInner;
      if (isInner || halved.contains(x, y)) {
        grid.bin(x, y, 1, isInner ? innerWeights : outerWeights);
        halved.bin(x, y, 1, halvedWeights);
      }
    }
    inner = smooth(innerWeights);
    all = anyOuter ? sum(inner, smooth(outerWeights)) : inner;
  }

  private double[][] smooth(double[][] weights) {
    double[][] smoothed = kernel(grid, 1, REACH).apply(weights);
    LatticeValues.scale(smoothed, 1 / (samples * grid.cellVolume()));
    return smoothed;
  }

  /** A normal of standard deviation sdInH * h, cut off at reach * h. */
  private GaussianConvolution kernel(Grid lattice, double sdInH, double reach) {
    return new GaussianConvolution(sdInH * h / lattice.step(), reach * h / lattice.step());
  }

  private static double[][] sum(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        sum[i][j] = a[i][j] + b[i][j];
      }
    }
    return sum;
  }

  int samples() {
    return samples;
  }

  /** The inner samples' part of q_h; its integral is their share. */
  double[][] inner() {
    return inner;
  }

  /** q_h, from every sample whose kernel reaches the grid. */
  double[][] all() {
    return all;
  }

  /** The least value of {@link #all} that is to be trusted. */
  double least() {
    double peak = Math.pow(2 * Math.PI * h * h, -0.5 * grid.dimensions()) / samples;
    return peak * Math.exp(-0.5 * TRUSTED * TRUSTED);
  }

  /**
   * (N_h^2 * q)(x) on the halved grid. The squared kernel is (4 pi h^2)^(-d/2) times a normal of
   * variance h^2 / 2.
   */
  double[][] squaredKernel() {
    double[][] smoothed = kernel(halved, Math.sqrt(0.5), TRUSTED).apply(halvedWeights);
    double peak = Math.pow(4 * Math.PI * h * h, -0.5 * grid.dimensions());
    LatticeValues.scale(smoothed, peak / (samples * halved.cellVolume()));
    return smoothed;
  }

  /** (N_h * f)(x) on the halved grid, cut off at reach * h. */
  double[][] smoothFunction(double[][] f, double reach) {
    return kernel(halved, 1, reach).apply(f);
  }

  /** Every sample, inner and outer, for evaluation at any distance. */
  KernelSites sites() {
    return sites;
  }
}
