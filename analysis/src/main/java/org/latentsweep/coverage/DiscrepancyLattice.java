package org.latentsweep.coverage;

import java.util.Arrays;

/**
 * The lattice of {@link MeanDiscrepancy} with the Gaussian kernel k(x, y) = exp(-|x - y|^2 / 2b^2)
 * between its nodes. It extends by {@value #MARGIN} b beyond the target. Immutable.
 */
final class DiscrepancyLattice {
  /** Nodes per b. Chosen by judgement: cubic interpolation then errs by less than 1e-4. */
  private static final int NODES_PER_B = 8;

  /** Extent beyond the target in b. Chosen by judgement: samples near the target lie inside. */
  private static final double MARGIN = 4;

  /** Nodes along one axis that cubic interpolation takes. */
  private static final int STENCIL = 4;

  private final double b;
  private final double step;
  private final int nodes; // per axis
  private final int rows; // nodes, or 1 in one dimension
  private final double[][] kernel; // [nodes, nodes], along one axis
  private final double[][] squaredKernel; // [nodes, nodes], along one axis

  /**
   * Computes the kernel.
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
    kernel = new double[nodes][nodes];
    squaredKernel = new double[nodes][nodes];
    for (int i = 0; i < nodes; i++) {
      for (int j = 0; j < nodes; j++) {
        kernel[i][j] = along((i - j) * step);
        squaredKernel[i][j] = kernel[i][j] * kernel[i][j];
      }
    }
  }

  /** Returns b. */
  double bandwidth() {
    return b;
  }

  /** Returns the number of nodes per axis. */
  int nodes() {
    return nodes;
  }

  /** Returns the number of rows, 1 in one dimension. */
  int rows() {
    return rows;
  }

  /** Returns the factor of the kernel for a distance along one axis. */
  double along(double distance) {
    return Math.exp(-distance * distance / (2 * b * b));
  }

  /** Returns the factors of the kernel between a coordinate and the nodes of an axis. */
  double[] factors(double t) {
    double[] factors = new double[nodes];
    Arrays.setAll(factors, i -> along(t - (i - (nodes - 1) / 2) * step));
    return factors;
  }

  /** Returns the sums over nodes of mass times kernel, [rows, nodes]. */
  double[][] convolve(double[][] mass) {
    return convolve(mass, kernel);
  }

  /** Returns the sums over nodes of mass times squared kernel, [rows, nodes]. */
  double[][] convolveSquared(double[][] mass) {
    return convolve(mass, squaredKernel);
  }

  private double[][] convolve(double[][] mass, double[][] matrix) {
    double[][] alongX = new double[rows][];
    Arrays.setAll(alongX, r -> combine(mass[r], matrix));
    return rows == 1 ? alongX : combineAll(matrix, alongX);
  }

  private static double[][] combineAll(double[][] weights, double[][] vectors) {
    double[][] sums = new double[weights.length][];
    Arrays.setAll(sums, i -> combine(weights[i], vectors));
    return sums;
  }

  /** Returns sum_j weights_j vectors_j. */
  private static double[] combine(double[] weights, double[][] vectors) {
    double[] sum = new double[vectors[0].length];
    for (int j = 0; j < weights.length; j++) {
      double w = weights[j];
      if (w != 0) {
        double[] vector = vectors[j];
        for (int i = 0; i < sum.length; i++) {
          sum[i] += w * vector[i];
        }
      }
    }
    return sum;
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

  /** Spreads masses at points onto the nodes by cubic interpolation. For one thread. */
  final class Spreader {
    private final double[][] mass = new double[rows][nodes];
    private final double[] weightX = new double[STENCIL]; // buffers
    private final double[] weightY = new double[STENCIL];

    /** Spreads a mass, and returns false without doing so if the point is outside the lattice. */
    boolean add(double x, double y, double amount) {
      int firstX = place(x, weightX);
      int firstY = 0;
      if (rows == 1) {
        weightY[0] = 1;
      } else {
        firstY = place(y, weightY);
      }
      if (firstX < 0 || firstY < 0) {
        return false;
      }
      for (int r = 0; r < Math.min(STENCIL, rows); r++) {
        double[] row = mass[firstY + r];
        double w = amount * weightY[r];
        for (int i = 0; i < STENCIL; i++) {
          row[firstX + i] += w * weightX[i];
        }
      }
      return true;
    }

    /** Fills in Lagrange's weights and returns the first node, or -1 if there are not four. */
    private int place(double t, double[] weights) {
      double position = t / step + (nodes - 1) / 2;
      if (!(position >= 1 && position < nodes - 2)) {
        return -1;
      }
      int cell = (int) position;
      double f = position - cell;
      weights[0] = -f * (f - 1) * (f - 2) / 6;
      weights[1] = (f + 1) * (f - 1) * (f - 2) / 2;
      weights[2] = -(f + 1) * f * (f - 2) / 2;
      weights[3] = (f + 1) * f * (f - 1) / 6;
      return cell - 1;
    }

    /** Returns the mass at the nodes, [rows, nodes]. */
    double[][] mass() {
      return mass;
    }
  }
}
