package org.latentsweep.divergence;

/**
 * The part of a kernel density estimate that consists of kernels with one bandwidth a, on a lattice
 * around its samples: the samples are binned linearly, the bins are smoothed, and the result is
 * interpolated linearly at any point.
 *
 * <p>Binning and interpolation each spread a sample as a triangle of variance step^2 / 6 per axis
 * would. The smoothing kernel is narrower by as much (Wand 1994, "Fast computation of multivariate
 * kernel estimators"), so that the variance of the whole is a^2 as an average over positions in a
 * cell. Immutable.
 */
final class KernelLevel {
  private final LevelLattice lattice;
  private final double[][] density; // [rows, columns]
  private final double[][] squares; // [rows, columns], null if not computed
  private final double centre; // density of a kernel at its centre, per unit of weight
  private final double beside; // density one step from the centre along an axis, over the centre

  private KernelLevel(LevelLattice lattice, double[][] density, double[][] squares, int n) {
    this.lattice = lattice;
    this.density = density;
    this.squares = squares;
    double twice = 2 * (lattice.variance() - 2 * LevelLattice.TRIANGLE);
    beside = Math.exp(-1 / twice);
    double sum = 1;
    for (int k = 1; k <= lattice.reach(); k++) {
      sum += 2 * Math.exp(-k * k / twice);
    }
    centre = Math.pow(sum * lattice.step(), -lattice.dimensions()) / n;
  }

  /**
   * Smooths samples.
   *
   * @param share the share of each sample that belongs to this level, not all 0
   * @param bandwidth a
   * @param squared whether to compute the sum of squared kernels too
   */
  static KernelLevel of(
      SamplesInWindow samples, double[] share, double bandwidth, boolean squared) {
    LevelLattice lattice = LevelLattice.around(samples, share, bandwidth);
    double[][] binned = new double[lattice.rows()][lattice.columns()];
    for (int i = 0; i < share.length; i++) {
      if (share[i] > 0) {
        LatticeValues.bin(
            binned, lattice.column(samples.x(i)), lattice.row(samples.y(i)), share[i]);
      }
    }
    int n = samples.total();
    return new KernelLevel(
        lattice, smooth(lattice, binned, n), squared ? smoothSquares(lattice, binned, n) : null, n);
  }

  private static double[][] smooth(LevelLattice lattice, double[][] binned, int n) {
    double sd = Math.sqrt(lattice.variance() - LevelLattice.TRIANGLE);
    double[][] density = new GaussianConvolution(sd, lattice.reach()).apply(binned);
    LatticeValues.scale(density, 1 / (n * lattice.cellVolume()));
    return density;
  }

  /** Smooths with N(x; 0, a^2)^2 = (4 pi a^2)^(-d/2) N(x; 0, a^2 / 2). */
  private static double[][] smoothSquares(LevelLattice lattice, double[][] binned, int n) {
    double narrow =
        Math.max(lattice.variance() / 2 - LevelLattice.TRIANGLE, 2 * LevelLattice.TRIANGLE);
    double[][] squares = new GaussianConvolution(Math.sqrt(narrow), lattice.reach()).apply(binned);
    double a = lattice.bandwidth();
    double peak = Math.pow(4 * Math.PI * a * a, -0.5 * lattice.dimensions());
    LatticeValues.scale(squares, peak / ((double) n * n * lattice.cellVolume()));
    return squares;
  }

  /** Adds the part of this level at a point to both sums. */
  void addAt(double x, double y, BinnedKernels.KernelSums value) {
    double column = lattice.column(x);
    double row = lattice.row(y);
    if (!lattice.contains(column, row)) {
      return;
    }
    value.density += LatticeValues.interpolate(density, column, row);
    if (squares != null) {
      value.squares += LatticeValues.interpolate(squares, column, row);
    }
  }

  /** Returns what a sample with a share of 1 adds to the density at its own point. */
  double own(double x, double y) {
    return centre * own(lattice.column(x)) * (lattice.dimensions() == 1 ? 1 : own(lattice.row(y)));
  }

  /** The factor along one axis of a sample that is binned on two nodes and read between them. */
  private double own(double at) {
    double t = at - Math.floor(at);
    return t * t + (1 - t) * (1 - t) + 2 * t * (1 - t) * beside;
  }
}
