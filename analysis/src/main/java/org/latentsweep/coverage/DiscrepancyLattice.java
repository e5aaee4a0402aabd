package org.latentsweep.coverage;

import java.util.Arrays;

/**
 * The lattice of {@link MeanDiscrepancy} for one Gaussian kernel k(x, y) = exp(-|x - y|^2 / 2b^2).
 * It extends by {@value #MARGIN} b beyond the target. Immutable.
 */
final class DiscrepancyLattice {
  /** Nodes per b. Chosen by judgement: cubic interpolation then errs by less than 1e-4. */
  private static final int NODES_PER_B = 8;

  /** Extent beyond the target in b. Chosen by judgement: samples near the target lie inside. */
  private static final double MARGIN = 4;

  /** Distance in b beyond which the kernel, which is below 2e-8 there, counts as 0. */
  private static final int REACH = 6;

  /** Nodes along one axis that cubic interpolation takes. */
  private static final int STENCIL = 4;

  private final double b;
  private final double step;
  private final int nodes; // per axis
  private final int rows; // nodes, or 1 in one dimension
  private final double[] taps; // [1 + 2 REACH NODES_PER_B], kernel between nodes along one axis

  /**
   * Lays out the lattice.
   *
   * @param dimensions d, 1 or 2
   * @param halfWidth half width of the target
   * @param b bandwidth, above 0
   */
  DiscrepancyLattice(int dimensions, double halfWidth, double b) {
    this.b = b;
    step = b / NODES_PER_B;
    nodes = 2 * (int) Math.ceil((halfWidth + MARGIN * b) / step) + 1;
    rows = dimensions == 1 ? 1 : nodes;
    int reach = REACH * NODES_PER_B;
    taps = new double[2 * reach + 1];
    Arrays.setAll(taps, t -> along((t - reach) * step));
  }

  /** Returns the factor of the kernel for a distance along one axis. */
  private double along(double distance) {
    return Math.exp(-distance * distance / (2 * b * b));
  }

  /** Returns zeros at the nodes, [rows, nodes]. */
  double[][] zeros() {
    return new double[rows][nodes];
  }

  /** Returns whether a point has nodes on all sides that interpolation needs. */
  boolean contains(double x, double y) {
    return isInside(position(x)) && (rows == 1 || isInside(position(y)));
  }

  private boolean isInside(double position) {
    return position >= 1 && position < nodes - 2;
  }

  private double position(double t) {
    return t / step + (nodes - 1) / 2;
  }

  /** Returns the sums over nodes of mass times kernel, [rows, nodes]. */
  double[][] convolve(double[][] mass) {
    double[][] alongX = zeros();
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < nodes; j++) {
        if (mass[r][j] != 0) {
          addTaps(alongX[r], j, mass[r][j]);
        }
      }
    }
    return rows == 1 ? alongX : combineRows(alongX);
  }

  private void addTaps(double[] sums, int node, double mass) {
    int shift = node - taps.length / 2;
    int from = Math.max(0, -shift);
    int to = Math.min(taps.length, nodes - shift);
    for (int t = from; t < to; t++) {
      sums[shift + t] += mass * taps[t];
    }
  }

  private double[][] combineRows(double[][] values) {
    double[][] sums = zeros();
    for (int r = 0; r < rows; r++) {
      int shift = r - taps.length / 2;
      for (int t = Math.max(0, -shift); t < Math.min(taps.length, rows - shift); t++) {
        addMultiple(sums[r], taps[t], values[shift + t]);
      }
    }
    return sums;
  }

  private static void addMultiple(double[] sums, double factor, double[] values) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += factor * values[i];
    }
  }

  /** Returns the sum over nodes of the products of two arrays [rows, nodes]. */
  static double dot(double[][] a, double[][] c) {
    double sum = 0;
    for (int r = 0; r < a.length; r++) {
      for (int i = 0; i < a[r].length; i++) {
        sum += a[r][i] * c[r][i];
      }
    }
    return sum;
  }

  /** Visits nodes and their weights. */
  private interface NodeVisitor {
    void visit(int row, int node, double weight);
  }

  /** Spreads a mass at a point inside onto the nodes by cubic interpolation. */
  void spread(double[][] mass, double x, double y, double amount) {
    forStencil(x, y, (r, i, w) -> mass[r][i] += amount * w);
  }

  /** Returns the cubic interpolation of values at the nodes, at a point inside. */
  double interpolate(double[][] values, double x, double y) {
    double[] sum = new double[1];
    forStencil(x, y, (r, i, w) -> sum[0] += w * values[r][i]);
    return sum[0];
  }

  private void forStencil(double x, double y, NodeVisitor visitor) {
    double[] weightX = stencil(position(x));
    double[] weightY = rows == 1 ? new double[] {1} : stencil(position(y));
    int firstX = (int) position(x) - 1;
    int firstY = rows == 1 ? 0 : (int) position(y) - 1;
    for (int r = 0; r < weightY.length; r++) {
      for (int i = 0; i < STENCIL; i++) {
        visitor.visit(firstY + r, firstX + i, weightY[r] * weightX[i]);
      }
    }
  }

  /** Returns Lagrange's weights of four nodes, the second of which is before the position. */
  private static double[] stencil(double position) {
    double f = position - (int) position;
    return new double[] {
      -f * (f - 1) * (f - 2) / 6,
      (f + 1) * (f - 1) * (f - 2) / 2,
      -(f + 1) * f * (f - 2) / 2,
      (f + 1) * f * (f - 1) / 6
    };
  }

  /** Returns the sum over nodes of mass times the kernel to any point. */
  double potential(double[][] mass, double x, double y) {
    double[] sum = new double[1];
    forNear(x, y, (r, i, k) -> sum[0] += k * mass[r][i]);
    return sum[0];
  }

  /** Adds a multiple of the kernel to any point to values at the nodes. */
  void addPotential(double[][] values, double x, double y, double amount) {
    forNear(x, y, (r, i, k) -> values[r][i] += amount * k);
  }

  /** Visits the nodes within reach of a point, with the kernel as their weight. */
  private void forNear(double x, double y, NodeVisitor visitor) {
    int fromX = firstNear(x);
    double[] factors = new double[Math.max(0, endNear(x) - fromX)];
    Arrays.setAll(factors, i -> along(x - coordinate(fromX + i)));
    int fromY = rows == 1 ? 0 : firstNear(y);
    int toY = rows == 1 ? 1 : endNear(y);
    for (int r = fromY; r < toY; r++) {
      double factor = rows == 1 ? 1 : along(y - coordinate(r));
      for (int i = 0; i < factors.length; i++) {
        visitor.visit(r, fromX + i, factor * factors[i]);
      }
    }
  }

  private double coordinate(int node) {
    return (node - (nodes - 1) / 2) * step;
  }

  private int firstNear(double t) {
    return (int) Math.max(0, Math.ceil(position(t - REACH * b)));
  }

  private int endNear(double t) {
    return (int) Math.min(nodes, Math.floor(position(t + REACH * b)) + 1);
  }
}
