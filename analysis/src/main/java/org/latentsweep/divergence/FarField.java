package org.latentsweep.divergence;

import java.util.Arrays;

/**
 * log q_h at the nodes of a grid that lie so far from every sample that the convolution does not
 * reach them.
 *
 * <p>Far from the samples log q_h is a parabola of known curvature, or the upper envelope of a few:
 * log q_h(x) + |x|^2 / 2h^2 = log sum_s c_s exp((x . m_s - |m_s|^2 / 2) / h^2) is convex and all
 * but piecewise linear. So it is evaluated at the corners of coarse cells of side h, where needed,
 * and interpolated bilinearly between them, which is exact where one sample dominates.
 *
 * <p>Evaluation is lazy; for one thread.
 */
final class FarField {
  /** Mass of a corner that is left out of {@link #lossBySite}. */
  private static final double NEGLIGIBLE = 1e-7;

  private final Grid grid;
  private final int cell; // steps
  private final double precision; // 1 / 2h^2
  private final double logNorm;
  private final int sites;
  private final int[] relevant; // those of the sites that the query knows
  private final KernelSites.Query query;
  private final double[][] lifted; // [corner rows, corners], log q_h + |x|^2 / 2h^2 or NaN
  private final double[][] concentration; // [corner rows, corners]
  private final double[][] mass; // [corner rows, corners]

  /** With cells of side h, which suffices for samples. */
  FarField(Grid grid, KernelSites sites, double h) {
    this(grid, sites, h, Grid.CELL);
  }

  /** With cells of that many steps, a divisor of the grid's. */
  FarField(Grid grid, KernelSites sites, double h, int cell) {
    this.cell = cell;
    this.grid = grid;
    this.sites = sites.size();
    precision = 1 / (2 * h * h);
    logNorm = sites.logNorm(h);
    relevant = sites.relevantTo(grid.coordinate(grid.nodes() - 1), h);
    query = sites.subset(relevant).new Query(h);
    int corners = grid.nodes() / cell + 1;
    int cornerRows = grid.dimensions() == 1 ? 1 : corners;
    lifted = new double[cornerRows][corners];
    for (double[] row : lifted) {
      Arrays.fill(row, Double.NaN);
    }
    concentration = new double[cornerRows][corners];
    mass = new double[cornerRows][corners];
  }

  /** log q_h at a node. */
  double logDensity(int row, int column) {
    double x = grid.coordinate(column);
    double y = grid.y(row);
    evaluateCornersOf(row, column);
    return interpolate(lifted, row, column) - precision * (x * x + y * y);
  }

  /** sum_i r_i^2 at a node of which {@link #logDensity} was asked: see {@link KernelSites}. */
  double concentration(int row, int column) {
    return interpolate(concentration, row, column);
  }

  /** Records that the target has this mass at a node. */
  void addMass(int row, int column, double amount) {
    forCorners(row, column, (i, j, weight) -> mass[i][j] += weight * amount);
  }

  /**
   * For each site, its count times how much int mass(x) log q_h(x) dx falls when one of its samples
   * is left out.
   */
  double[] lossBySite() {
    double[] ofRelevant = new double[relevant.length];
    for (int i = 0; i < mass.length; i++) {
      for (int j = 0; j < mass[i].length; j++) {
        if (mass[i][j] > NEGLIGIBLE) {
          query.addLeaveOneOut(cornerX(j), cornerY(i), mass[i][j], ofRelevant);
        }
      }
    }
    double[] bySite = new double[sites];
    for (int a = 0; a < relevant.length; a++) {
      bySite[relevant[a]] = ofRelevant[a];
    }
    return bySite;
  }

  private double cornerX(int j) {
    return grid.coordinate(j * cell);
  }

  private double cornerY(int i) {
    return grid.y(i * cell);
  }

  private void evaluateCornersOf(int row, int column) {
    forCorners(row, column, (i, j, weight) -> evaluate(i, j));
  }

  private void evaluate(int i, int j) {
    if (Double.isNaN(lifted[i][j])) {
      double x = cornerX(j);
      double y = cornerY(i);
      lifted[i][j] = query.logSum(x, y) - logNorm + precision * (x * x + y * y);
      concentration[i][j] = query.concentration();
    }
  }

  private double interpolate(double[][] values, int row, int column) {
    double[] sum = new double[1];
    forCorners(row, column, (i, j, weight) -> sum[0] += weight * values[i][j]);
    return sum[0];
  }

  /** Visits the corners of a node's cell that have weight in bilinear interpolation there. */
  private void forCorners(int row, int column, CornerVisitor visitor) {
    int i = row / cell;
    double ty = (row % cell) / (double) cell;
    forCornersOfRow(i, 1 - ty, column, visitor);
    if (ty > 0) {
      forCornersOfRow(i + 1, ty, column, visitor);
    }
  }

  private void forCornersOfRow(int i, double weight, int column, CornerVisitor visitor) {
    int j = column / cell;
    double tx = (column % cell) / (double) cell;
    visitor.visit(i, j, weight * (1 - tx));
    if (tx > 0) {
      visitor.visit(i, j + 1, weight * tx);
    }
  }

  private interface CornerVisitor {
    void visit(int i, int j, double weight);
  }
}
