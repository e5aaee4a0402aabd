package org.latentsweep.coverage;

import java.util.Arrays;

/**
 * The samples outside a {@link DiscrepancyLattice}. The kernel at them is evaluated exactly. If
 * there are more than {@value #MAX_TAKEN}, that many, evenly spaced, represent all. Immutable.
 */
final class OuterPoints {
  /** Chosen by judgement: it bounds the number of pairs, each of which is evaluated. */
  private static final int MAX_TAKEN = 512;

  private final DiscrepancyLattice lattice;
  private final PlanarPoints samples;
  private final int[] taken; // [taken]
  private final double weight;
  private final double[][] alongX; // [taken, nodes], factors of the kernel
  private final double[][] alongY; // [taken, rows]

  private OuterPoints(
      DiscrepancyLattice lattice, PlanarPoints samples, int[] taken, double weight) {
    this.lattice = lattice;
    this.samples = samples;
    this.taken = taken;
    this.weight = weight;
    alongX =
        Arrays.stream(taken).mapToObj(i -> lattice.factors(samples.x(i))).toArray(double[][]::new);
    alongY =
        Arrays.stream(taken)
            .mapToObj(i -> lattice.rows() == 1 ? new double[] {1} : lattice.factors(samples.y(i)))
            .toArray(double[][]::new);
  }

  /**
   * Selects the points.
   *
   * @param samples n samples
   * @param outside those outside the lattice
   */
  static OuterPoints of(DiscrepancyLattice lattice, PlanarPoints samples, int[] outside) {
    int count = outside.length;
    int[] taken = new int[Math.min(count, MAX_TAKEN)];
    Arrays.setAll(taken, o -> outside[(int) ((long) o * count / taken.length)]);
    double weight = taken.length == 0 ? 0 : (double) count / taken.length / samples.size();
    return new OuterPoints(lattice, samples, taken, weight);
  }

  /** Returns the number of points taken. */
  int size() {
    return taken.length;
  }

  /** Returns the share of all samples that each point stands for. */
  double weight() {
    return weight;
  }

  /** Returns the sum over nodes of mass times the kernel to a point. */
  double potential(int o, double[][] mass) {
    double sum = 0;
    for (int r = 0; r < mass.length; r++) {
      double inRow = 0;
      for (int i = 0; i < mass[r].length && alongY[o][r] != 0; i++) {
        inRow += mass[r][i] * alongX[o][i];
      }
      sum += alongY[o][r] * inRow;
    }
    return sum;
  }

  /**
   * Returns 1/n sum_j k(y_o, y_j) over all samples outside. The term of the sample itself is 1, and
   * the other points taken stand for the rest.
   */
  double potentialOfOuter(int o) {
    double sum = 0;
    for (int p = 0; p < taken.length; p++) {
      double dx = samples.x(taken[o]) - samples.x(taken[p]);
      double dy = samples.y(taken[o]) - samples.y(taken[p]);
      sum += p == o ? 0 : lattice.along(dx) * lattice.along(dy);
    }
    int n = samples.size();
    double others = weight * n * taken.length - 1;
    return (1 + (taken.length == 1 ? 0 : others / (taken.length - 1) * sum)) / n;
  }

  /** Adds the kernel to a point, times its weight, to an array [rows, nodes]. */
  void addTo(double[][] potential, int o) {
    for (int r = 0; r < potential.length; r++) {
      double w = weight * alongY[o][r];
      for (int i = 0; i < potential[r].length && w != 0; i++) {
        potential[r][i] += w * alongX[o][i];
      }
    }
  }
}
