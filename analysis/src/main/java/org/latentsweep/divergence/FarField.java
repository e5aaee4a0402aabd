package org.latentsweep.divergence;

import java.util.Arrays;
import java.util.List;

/**
 * log q_h at the nodes of a grid that lie so far from every sample that the convolution of {@link
 * SampleDensity} does not reach them.
 *
 * <p>Far from the samples log q_h is a parabola of known curvature, or the upper envelope of a few:
 * log q_h(x) + |x|^2 / 2h^2 = log sum_s c_s exp((x . m_s - |m_s|^2 / 2) / h^2) + const is convex
 * and nearly piecewise linear. So it can be evaluated at the corners of coarse cells and
 * interpolated bilinearly between them, which is exact where one sample dominates.
 *
 * <p>Evaluation is lazy. For one thread.
 */
final class FarField {
  /**
   * Mass of a corner below which {@link #lossBySite} leaves it out. Chosen by judgement: it saves
   * the query at a corner whose mass hardly weighs.
   */
  private static final double NEGLIGIBLE = 1e-8;

  private final Grid grid;
  private final int cell; // steps
  private final double precision; // 1 / 2h^2
  private final int sites;
  private final int[] relevant; // those of the sites that the query holds
  private final KernelQuery query;
  private final double[][] lifted; // [corner rows, corners], log q_h + |x|^2 / 2h^2, NaN if unknown

  /** Makes a far field whose cells are those of the grid, so that nothing is interpolated. */
  FarField(Grid grid, KernelSites sites, double h) {
    this(grid, sites, h, 1);
  }

  /**
   * Makes a far field that interpolates. A convex function lies below its interpolation, so that
   * log q_h comes out too high in cells with a crease, where two distant samples are as near: the
   * divergence of a spiral with a gap was 1% too low with cells of side h, and 0.1% with cells of
   * two steps.
   *
   * @param cell side of a coarse cell in steps, a divisor of the number of steps of the grid
   */
  FarField(Grid grid, KernelSites sites, double h, int cell) {
    this.grid = grid;
    this.cell = cell;
    this.sites = sites.size();
    precision = 1 / (2 * h * h);
    relevant = KernelQuery.relevantSites(sites, grid.coordinate(grid.nodes() - 1), h);
    query = new KernelQuery(sites.subset(relevant), h);
    lifted = corners();
    for (double[] row : lifted) {
      Arrays.fill(row, Double.NaN);
    }
  }

  private double[][] corners() {
    int corners = grid.nodes() / cell + 1;
    return new double[grid.dimensions() == 1 ? 1 : corners][corners];
  }

  /** Returns log q_h at a node. */
  double logDensity(int row, int column) {
    double x = grid.coordinate(column);
    double y = grid.y(row);
    forCorners(row, column, (i, j, weight) -> evaluate(i, j));
    double[] sum = new double[1];
    forCorners(row, column, (i, j, weight) -> sum[0] += weight * lifted[i][j]);
    return sum[0] - precision * (x * x + y * y);
  }

  private void evaluate(int i, int j) {
    if (Double.isNaN(lifted[i][j])) {
      double x = cornerX(j);
      double y = cornerY(i);
      lifted[i][j] = query.at(x, y).logDensity() + precision * (x * x + y * y);
    }
  }

  /**
   * Returns for each site its count times the decrease of int mass(x) log q_h(x) dx when one of its
   * samples is left out.
   *
   * @param masses the masses at nodes of the grid
   * @return [sites]
   */
  double[] lossBySite(List<NodeMass> masses) {
    double[][] mass = corners();
    for (NodeMass node : masses) {
      forCorners(node.row(), node.column(), (i, j, weight) -> mass[i][j] += weight * node.mass());
    }
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

  /** Visits the corners of a node's cell that have a weight in bilinear interpolation at it. */
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
