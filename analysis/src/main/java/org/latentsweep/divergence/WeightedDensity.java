package org.latentsweep.divergence;

/**
 * The density q_h of weighted points smoothed by N_h, on the nodes of a halved grid.
 *
 * <p>Most of it is a convolution on the full grid, whose sums have positive terms only, so that it
 * is accurate at any density down to what lies beyond its reach. It is trusted at a node if nearly
 * all of it comes from points within {@value #NEAR} h: farther out linear binning distorts a
 * kernel. Elsewhere, where the target matters, all points are summed in the log domain by {@link
 * KernelQuery}.
 */
final class WeightedDensity {
  /** Multiples of h at which kernels are cut off: beyond, they are below 1e-31 of their centre. */
  static final double REACH = 12;

  /** See {@link SampleDensity}, whose convolution is trusted up to the same distance. */
  static final double NEAR = 5;

  /** The share of the density that must be near. Chosen by judgement. */
  static final double MIN_NEAR_SHARE = 0.99;

  /**
   * The smallest density that is trusted, as a multiple of the peak of the kernel. What lies beyond
   * the reach is less than 1e-3 of it.
   */
  static final double MIN_TRUSTED = 1e-28;

  /**
   * Cells of sites per step of the grid. Within a cell of side h / 10 even points have a variance
   * of h^2 / 1200, so that taking them together changes log q_h at z bandwidths by at most z^2 /
   * 2400.
   */
  static final int CELLS_PER_STEP = 2;

  /**
   * Mass of the target at a node below which its log density is not computed where q is far. Chosen
   * by judgement: all such nodes together have less than 1e-6.
   */
  private static final double NEGLIGIBLE = 1e-11;

  private final TargetGrid target;
  private final double[][] all; // [rows, nodes], of the full grid
  private final double[][] near; // [rows, nodes], of the full grid
  private final double[][] inner; // [rows, nodes], of the full grid
  private final KernelQuery query;
  private final double minTrusted;

  private WeightedDensity(TargetGrid target, WeightedPoints points) {
    this.target = target;
    Grid grid = target.grid();
    double h = target.bandwidth();
    double unit = 1 / (points.total() * grid.cellVolume());
    double[][] outerWeights = grid.zeros();
    double[][] innerWeights = grid.zeros();
    for (int i = 0; i < points.size(); i++) {
      double x = points.x(i);
      double y = points.y(i);
      if (grid.contains(x, y)) {
        double[][] onto = grid.isInner(x, y) ? innerWeights : outerWeights;
        QuadraticBinning.add(onto, grid.index(x), grid.index(y), points.weight(i) * unit);
      }
    }
    double steps = h / grid.step();
    GaussianConvolution whole = QuadraticBinning.convolution(steps, REACH * steps);
    inner = whole.apply(innerWeights);
    all = LatticeValues.sum(inner, whole.apply(outerWeights));
    near =
        QuadraticBinning.convolution(steps, NEAR * steps)
            .apply(LatticeValues.sum(innerWeights, outerWeights));
    query = new KernelQuery(points.sites(grid.step() / CELLS_PER_STEP), h);
    minTrusted = MIN_TRUSTED * grid.kernelPeak(h);
  }

  /** Smooths points; at least one weight is above 0. */
  static WeightedDensity of(TargetGrid target, WeightedPoints points) {
    return new WeightedDensity(target, points);
  }

  /** Returns the part of q_h that comes from points in the inner box, at node (2i, 2j). */
  double inner(int i, int j) {
    return inner[2 * i][2 * j];
  }

  /**
   * Returns log q_h at node (2i, 2j) of the full grid, for which i is 0 in one dimension.
   *
   * @param mass of the target at the node
   */
  double logDensity(int i, int j, double mass) {
    double q = all[2 * i][2 * j];
    boolean trusted = q > minTrusted && near[2 * i][2 * j] >= MIN_NEAR_SHARE * q;
    if (trusted || mass < NEGLIGIBLE) {
      return Math.log(Math.max(q, minTrusted));
    }
    return logDensityAt(target.grid().coordinate(2 * j), target.grid().y(2 * i));
  }

  /** Returns log q_h at any point, however far from the grid. */
  double logDensityAt(double x, double y) {
    return query.at(x, y).logDensity();
  }
}
