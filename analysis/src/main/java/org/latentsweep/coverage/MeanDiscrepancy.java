package org.latentsweep.coverage;

import java.util.Arrays;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;

/**
 * The squared maximum mean discrepancy between a target p and samples q (Gretton et al. 2012), with
 * the Gaussian kernel k(x, y) = exp(-|x - y|^2 / 2b^2), without bias: 1/(n(n - 1)) sum_{i != j}
 * k(y_i, y_j) - 2/n sum_i E k(X, y_i) + E k(X, X'). It may be negative.
 *
 * <p>Samples and target are spread onto the nodes of a lattice of step b/{@value #NODES_PER_B} by
 * cubic interpolation, which replaces k by a kernel within 1e-4 of it, the same for all three
 * terms; the sums over pairs are then products of small matrices. Samples outside the lattice,
 * which extends 4b beyond the target, are taken in exactly up to {@value #MOST_OUTER}, beyond which
 * as many evenly spaced ones stand for all.
 *
 * <p>The standard error is that of a U-statistic to second order (Serfling 1980, section 5.2): 4
 * Var f(Y) / n + 2 E h(Y, Y')^2 / n^2 with the witness f(y) = E k(y, Y) - E k(y, X) and h the
 * kernel centred under q. The variance of the estimated witness is too large by E h^2 / n, which is
 * taken away.
 */
final class MeanDiscrepancy {
  private static final int NODES_PER_B = 8;
  private static final double MARGIN = 4; // in b
  private static final int MOST_OUTER = 512;

  private final int dimensions;
  private final double b;
  private final double step;
  private final int nodes; // per axis
  private final int rows; // nodes, or 1 in one dimension
  private final double[][] kernel; // [nodes, nodes], along one axis
  private final double[][] squaredKernel; // [nodes, nodes]
  private final double[][] target; // [rows, nodes], mass of p at the nodes
  private final double[][] targetPotential; // [rows, nodes], E k(node, X)
  private final double targetEnergy; // E k(X, X')

  /** Spreads the target; b above 0. */
  MeanDiscrepancy(TargetDistribution target, TargetAtoms atoms, double b) {
    this.b = b;
    dimensions = target.dimensions();
    step = b / NODES_PER_B;
    nodes = 2 * (int) Math.ceil((target.supportHalfWidth() + MARGIN * b) / step) + 1;
    rows = dimensions == 1 ? 1 : nodes;
    kernel = new double[nodes][nodes];
    squaredKernel = new double[nodes][nodes];
    for (int i = 0; i < nodes; i++) {
      for (int j = 0; j < nodes; j++) {
        kernel[i][j] = along((i - j) * step);
        squaredKernel[i][j] = kernel[i][j] * kernel[i][j];
      }
    }
    this.target = new double[rows][nodes];
    Stencil stencil = new Stencil();
    for (int i = 0; i < atoms.count(); i++) {
      if (stencil.moveTo(atoms.x(i), atoms.y(i))) {
        stencil.add(this.target, atoms.weight(i));
      }
    }
    targetPotential = convolve(this.target, kernel);
    targetEnergy = dot(this.target, targetPotential);
  }

  private double along(double distance) {
    return Math.exp(-distance * distance / (2 * b * b));
  }

  private double[][] convolve(double[][] mass, double[][] matrix) {
    double[][] alongX = new double[rows][];
    Arrays.setAll(alongX, r -> combine(mass[r], matrix));
    return rows == 1 ? alongX : combineAll(matrix, alongX);
  }

  /** sum_j weights_j vectors_j. */
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

  private static double[][] combineAll(double[][] weights, double[][] vectors) {
    double[][] sums = new double[weights.length][];
    Arrays.setAll(sums, i -> combine(weights[i], vectors));
    return sums;
  }

  private static double dot(double[][] a, double[][] c) {
    double sum = 0;
    for (int r = 0; r < a.length; r++) {
      for (int i = 0; i < a[r].length; i++) {
        sum += a[r][i] * c[r][i];
      }
    }
    return sum;
  }

  /** The discrepancy of samples, row-major [n, d], finite, n above 1. */
  Metric estimate(float[] points) {
    return new Comparison(points).estimate();
  }

  /** Cubic interpolation from the four nodes around a place along each axis. */
  private final class Stencil {
    private final double[] weightX = new double[4];
    private final double[] weightY = new double[4];
    private int firstX;
    private int firstY;

    /** Whether the place is inside the lattice. */
    boolean moveTo(double x, double y) {
      firstX = place(x, weightX);
      if (rows == 1) {
        weightY[0] = 1;
        return firstX >= 0;
      }
      firstY = place(y, weightY);
      return firstX >= 0 && firstY >= 0;
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

    void add(double[][] mass, double weight) {
      for (int r = 0; r < Math.min(4, rows); r++) {
        double[] row = mass[firstY + r];
        double w = weight * weightY[r];
        for (int i = 0; i < 4; i++) {
          row[firstX + i] += w * weightX[i];
        }
      }
    }
  }

  /** The sums for one set of samples. */
  private final class Comparison {
    private final float[] points;
    private final int n;
    private final double[][] mass = new double[rows][nodes]; // of the samples inside
    private final double[][] potential; // E k(node, Y)
    private int[] outer; // samples outside that are taken in
    private double outerWeight; // of each
    private double energy; // 1/n^2 sum_ij k(y_i, y_j)
    private double cross; // 1/n sum_i E k(X, y_i)
    private double outerSum; // of the witness over the outer samples
    private double outerSquares;

    Comparison(float[] points) {
      this.points = points;
      n = points.length / dimensions;
      spread();
      potential = convolve(mass, kernel);
      energy = dot(mass, potential);
      cross = dot(mass, targetPotential);
      if (outer.length > 0) {
        addOuter();
      }
    }

    private void spread() {
      Stencil stencil = new Stencil();
      int[] outside = new int[n];
      int count = 0;
      for (int i = 0; i < n; i++) {
        if (stencil.moveTo(x(i), y(i))) {
          stencil.add(mass, 1.0 / n);
        } else {
          outside[count++] = i;
        }
      }
      int taken = Math.min(count, MOST_OUTER);
      outer = new int[taken];
      for (int o = 0; o < taken; o++) {
        outer[o] = outside[(int) ((long) o * count / taken)];
      }
      outerWeight = taken == 0 ? 0 : (double) count / taken / n;
    }

    private double x(int i) {
      return points[i * dimensions];
    }

    private double y(int i) {
      return dimensions == 1 ? 0 : points[2 * i + 1];
    }

    private void addOuter() {
      double[] fromInner = new double[outer.length];
      double[] fromTarget = new double[outer.length];
      double[][] alongX = new double[outer.length][];
      double[][] alongY = new double[outer.length][];
      for (int o = 0; o < outer.length; o++) {
        alongX[o] = factors(x(outer[o]), nodes);
        alongY[o] = rows == 1 ? new double[] {1} : factors(y(outer[o]), nodes);
        fromInner[o] = at(mass, alongX[o], alongY[o]);
        fromTarget[o] = at(target, alongX[o], alongY[o]);
      }
      for (int o = 0; o < outer.length; o++) {
        double fromOuter = meanOverOuter(o);
        energy += outerWeight * (2 * fromInner[o] + fromOuter);
        cross += outerWeight * fromTarget[o];
        double witness = fromInner[o] + fromOuter - fromTarget[o];
        outerSum += outerWeight * witness;
        outerSquares += outerWeight * witness * witness;
        for (int r = 0; r < rows; r++) {
          double w = outerWeight * alongY[o][r];
          for (int i = 0; i < nodes && w != 0; i++) {
            potential[r][i] += w * alongX[o][i];
          }
        }
      }
    }

    private double[] factors(double t, int count) {
      double[] factors = new double[count];
      Arrays.setAll(factors, i -> along(t - (i - (nodes - 1) / 2) * step));
      return factors;
    }

    private double at(double[][] masses, double[] alongX, double[] alongY) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        double inRow = 0;
        for (int i = 0; i < nodes && alongY[r] != 0; i++) {
          inRow += masses[r][i] * alongX[i];
        }
        sum += alongY[r] * inRow;
      }
      return sum;
    }

    /**
     * 1/n sum_j k(y_o, y_j) over all samples outside, of which the first term, 1, is the sample's
     * own, and the others stand for the rest of them.
     */
    private double meanOverOuter(int o) {
      double sum = 0;
      for (int p = 0; p < outer.length; p++) {
        double dx = x(outer[o]) - x(outer[p]);
        double dy = y(outer[o]) - y(outer[p]);
        sum += p == o ? 0 : along(dx) * along(dy);
      }
      double others = outerWeight * n * outer.length - 1;
      return (1 + (outer.length == 1 ? 0 : others / (outer.length - 1) * sum)) / n;
    }

    Metric estimate() {
      // the pairs of a sample with itself, each 1, are in the energy and are taken out
      double value = (n * energy - 1) / (n - 1.0) - 2 * cross + targetEnergy;
      return Metric.withNormalInterval(
          "mmd", "u-statistic-gaussian", value, standardError(), Double.NaN, n, b, Double.NaN);
    }

    private double standardError() {
      double sum = outerSum;
      double squares = outerSquares;
      double potentialSquares = 0;
      for (int r = 0; r < rows; r++) {
        for (int i = 0; i < nodes; i++) {
          double witness = potential[r][i] - targetPotential[r][i];
          sum += mass[r][i] * witness;
          squares += mass[r][i] * witness * witness;
          potentialSquares += mass[r][i] * potential[r][i] * potential[r][i];
        }
      }
      double kernelSquares = dot(mass, convolve(mass, squaredKernel));
      double secondOrder = Math.max(0, kernelSquares - 2 * potentialSquares + energy * energy);
      double degenerate = 2 * secondOrder / ((double) n * n);
      return Math.sqrt(Math.max(4 * (squares - sum * sum) / n - degenerate, degenerate));
    }
  }
}
