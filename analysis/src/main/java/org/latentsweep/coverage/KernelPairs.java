package org.latentsweep.coverage;

/**
 * The kernel between all pairs of m points, m above 3. Immutable.
 *
 * <p>Let h(y, y') = k(y, y') - E k(y, Y) - E k(Y, y') + E k(Y, Y') be the kernel centred under the
 * distribution of the points. E h^2 is estimated without bias by sum_{i != j} u_ij^2 / m(m - 3),
 * with the U-centred matrix u_ij = k_ij - r_i / (m - 2) - r_j / (m - 2) + s / (m - 1)(m - 2), where
 * r_i are the sums of rows without the diagonal and s is the sum of all r_i (Szekely and Rizzo
 * 2014, "Partial distance correlation with methods for dissimilarities").
 */
final class KernelPairs {
  private final double[][] kernel; // [m, m], zeros on the diagonal
  private final double[] rowSums; // [m]
  private final double total;

  /**
   * Evaluates the kernel.
   *
   * @param taken the rows of the points
   */
  KernelPairs(ScaledKernel kernel, PlanarPoints points, int[] taken) {
    int m = taken.length;
    this.kernel = new double[m][m];
    rowSums = new double[m];
    double sum = 0;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < i; j++) {
        double dx = points.x(taken[i]) - points.x(taken[j]);
        double dy = points.y(taken[i]) - points.y(taken[j]);
        double k = kernel.at(dx * dx + dy * dy);
        this.kernel[i][j] = k;
        this.kernel[j][i] = k;
        rowSums[i] += k;
        rowSums[j] += k;
        sum += 2 * k;
      }
    }
    total = sum;
  }

  /** Returns the sum of the kernel between a point and all others. */
  double rowSum(int i) {
    return rowSums[i];
  }

  /** Returns the estimate of E h^2, at least 0. */
  double centredSquare() {
    double m = rowSums.length;
    double squares = 0;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < i; j++) {
        double centred =
            kernel[i][j] - (rowSums[i] + rowSums[j]) / (m - 2) + total / ((m - 1) * (m - 2));
        squares += 2 * centred * centred;
      }
    }
    return m > 3 ? squares / (m * (m - 3)) : 0;
  }
}
