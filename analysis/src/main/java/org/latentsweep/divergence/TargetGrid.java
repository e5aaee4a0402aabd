package org.latentsweep.divergence;

import org.latentsweep.target.TargetDistribution;

/**
 * The smoothed target p_h = p * N_h at the nodes of its grid. If p_h has a closed form, it is
 * evaluated there; else it is the kernel density estimate of the points of a {@link LatentLattice}.
 * Immutable.
 */
final class TargetGrid {
  /**
   * Points of the lattice. Chosen by judgement: they are computed once per target and bandwidth.
   */
  private static final int LATTICE_POINTS = 1 << 20;

  /**
   * Cells of the lattice's sites per step of the grid, on each axis: finer than the cells of
   * samples, because the edges of the lattice are dense, unlike those of samples.
   */
  private static final int CELLS_PER_STEP = 2;

  /**
   * Side of the cells of the far field in steps of the grid. It is shorter than for samples,
   * because half way between two turns of a spiral the far field has a crease.
   */
  private static final int FAR_CELL = 2;

  /**
   * Distance from the origin beyond which p_h is taken to be that of a single point there. Targets
   * have a size of about 1, so that all their points are equally far to 1 in 1e9.
   */
  private static final double ASYMPTOTIC = 1e9;

  /**
   * Mass of a node that is left out where the samples do not reach: all such nodes together have
   * less than 1e-7.
   */
  private static final double NEGLIGIBLE = 1e-13;

  private final TargetDistribution target;
  private final double h;
  private final Grid grid;
  private final KernelSites sites; // null in closed form
  private final double[][] logDensity; // [rows, nodes]
  private final double[][] density; // [rows, nodes]

  private TargetGrid(
      TargetDistribution target, double h, Grid grid, KernelSites sites, double[][] logDensity) {
    this.target = target;
    this.h = h;
    this.grid = grid;
    this.sites = sites;
    this.logDensity = logDensity;
    density = grid.zeros();
    for (int i = 0; i < density.length; i++) {
      for (int j = 0; j < density[i].length; j++) {
        density[i][j] = Math.exp(logDensity[i][j]);
      }
    }
  }

  /**
   * Evaluates a target.
   *
   * @param h bandwidth, above 0, in the units of the sample space
   * @throws IllegalArgumentException if there is neither a closed form nor a natural map from
   *     uniform latents
   */
  static TargetGrid of(TargetDistribution target, double h) {
    Grid grid = Grid.of(target, h);
    if (target.smoothedInClosedForm()) {
      return new TargetGrid(target, h, grid, null, closedForm(target, h, grid));
    }
    float[] points = LatentLattice.points(target, LATTICE_POINTS);
    KernelSites sites = KernelSites.of(points, target.dimensions(), grid.step() / CELLS_PER_STEP);
    SampleDensity lattice = SampleDensity.of(grid, h, points, sites);
    return new TargetGrid(target, h, grid, sites, ofLattice(lattice, grid, h));
  }

  private static double[][] closedForm(TargetDistribution target, double h, Grid grid) {
    double[][] values = grid.zeros();
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        values[i][j] = closedForm(target, h, grid.coordinate(j), grid.y(i));
      }
    }
    return values;
  }

  private static double closedForm(TargetDistribution target, double h, double x, double y) {
    return target.smoothedLogDensity(
        target.dimensions() == 1 ? new double[] {x} : new double[] {x, y}, h);
  }

  private static double[][] ofLattice(SampleDensity lattice, Grid grid, double h) {
    double[][] values = grid.zeros();
    FarField far = new FarField(grid, lattice.sites(), h, FAR_CELL);
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        double q = lattice.all()[i][j];
        values[i][j] = q > lattice.minTrusted() ? Math.log(q) : far.logDensity(i, j);
      }
    }
    return values;
  }

  /** Returns the grid. */
  Grid grid() {
    return grid;
  }

  /** Returns h, in the units of the sample space. */
  double bandwidth() {
    return h;
  }

  /** Returns p_h at the nodes, [rows, nodes]. */
  double[][] density() {
    return density;
  }

  /** Returns log p_h at the nodes, [rows, nodes]. */
  double[][] logDensity() {
    return logDensity;
  }

  /** Returns whether a node with this density has a negligible mass. */
  boolean isNegligible(double p) {
    return p <= NEGLIGIBLE / grid.cellVolume();
  }

  /** Returns log p_h at any point, however far from the grid. */
  double logDensityAt(double x, double y) {
    if (sites == null) {
      return closedForm(target, h, x, y);
    }
    double squared = x * x + y * y;
    return squared > ASYMPTOTIC * ASYMPTOTIC
        ? -squared / (2 * h * h)
        : new KernelQuery(sites, h).at(x, y).logDensity();
  }
}
