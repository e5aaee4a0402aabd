package org.latentsweep.divergence;

import org.latentsweep.target.TargetDistribution;

/**
 * A square lattice centred on the origin, on which smoothed densities are held as [rows, nodes]
 * arrays: row i is the coordinate y, column j the coordinate x. In one dimension there is one row.
 *
 * <p>Its step is h / {@value #STEPS_PER_BANDWIDTH}. A density smoothed by N_h has so little power
 * beyond the Nyquist frequency of this lattice that sums over nodes equal integrals up to rounding.
 *
 * @param dimensions d, 1 or 2
 * @param step distance of neighbouring nodes
 * @param nodes number of nodes on each axis, a multiple of 4 times {@value #STEPS_PER_BANDWIDTH},
 *     plus 1
 * @param innerHalfWidth s, where [-s, s]^d is the inner box; samples in it keep nearly their whole
 *     kernel on the lattice
 */
record Grid(int dimensions, double step, int nodes, double innerHalfWidth) {
  /**
   * Steps in one bandwidth h. At the Nyquist frequency pi / step the Fourier transform of N_h is
   * exp(-(5 pi)^2 / 2), below 1e-53.
   */
  static final int STEPS_PER_BANDWIDTH = 5;

  /**
   * Bandwidths by which the lattice extends beyond the support of the target: {@link #INNER_MARGIN}
   * for the inner box, and as many again for the kernels of the samples at its edge.
   */
  private static final int MARGIN = 12;

  /**
   * Bandwidths by which the inner box extends beyond the support of the target. Along each axis the
   * share of a normal beyond six standard deviations is below 1e-8.
   */
  private static final int INNER_MARGIN = 6;

  /** Returns the grid for a target and a bandwidth h. */
  static Grid of(TargetDistribution target, double h) {
    double support = target.supportHalfWidth();
    int halfCells = 2 * (int) Math.ceil((support + MARGIN * h) / (2 * h)); // even: see halved
    return new Grid(
        target.dimensions(),
        h / STEPS_PER_BANDWIDTH,
        2 * STEPS_PER_BANDWIDTH * halfCells + 1,
        support + INNER_MARGIN * h);
  }

  /** Returns the grid of every second node on each axis: its (i, j) is this grid's (2i, 2j). */
  Grid halved() {
    return new Grid(dimensions, 2 * step, nodes / 2 + 1, innerHalfWidth);
  }

  /** Returns the number of rows, 1 in one dimension. */
  int rows() {
    return dimensions == 1 ? 1 : nodes;
  }

  /** Returns the coordinate of node i of either axis. */
  double coordinate(int i) {
    return (i - nodes / 2) * step;
  }

  /** Returns the coordinate y of a row, 0 in one dimension. */
  double y(int row) {
    return dimensions == 1 ? 0 : coordinate(row);
  }

  /** Returns the continuous index of a coordinate, the inverse of {@link #coordinate}. */
  double index(double coordinate) {
    return coordinate / step + nodes / 2;
  }

  /** Returns the volume that a node stands for in sums over nodes. */
  double cellVolume() {
    return dimensions == 1 ? step : step * step;
  }

  /** Returns a new array [rows, nodes] of zeros. */
  double[][] zeros() {
    return new double[rows()][nodes];
  }

  /** Returns whether a point lies in a lattice cell whose centre is in the inner box. */
  boolean isInner(double x, double y) {
    return Math.abs(cellCentre(x)) <= innerHalfWidth && Math.abs(cellCentre(y)) <= innerHalfWidth;
  }

  private double cellCentre(double coordinate) {
    return (Math.floor(coordinate / step) + 0.5) * step;
  }

  /** Returns whether linear binning of a point adds to nodes of this grid only. */
  boolean contains(double x, double y) {
    double half = (nodes / 2 - 1) * step;
    return Math.abs(x) < half && Math.abs(y) < half;
  }

  /** Adds a weight to the nodes around a contained point by linear binning. */
  void bin(double x, double y, double weight, double[][] onto) {
    LatticeValues.bin(onto, index(x), index(y), weight);
  }

  /**
   * Returns the value at a contained point by linear interpolation, the adjoint of {@link #bin}.
   */
  double interpolate(double[][] values, double x, double y) {
    return LatticeValues.interpolate(values, index(x), index(y));
  }

  /** Returns the density at the centre of a normal of standard deviation h, (2 pi h^2)^(-d/2). */
  double kernelPeak(double h) {
    return Math.pow(2 * Math.PI * h * h, -0.5 * dimensions());
  }
}
