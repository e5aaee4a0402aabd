package org.latentsweep.divergence;

import org.latentsweep.target.TargetDistribution;

/**
 * A square lattice centred on the origin, on which smoothed densities are held as [rows, nodes]
 * arrays: row i is the coordinate y, column j the coordinate x. In one dimension there is one row.
 *
 * <p>Its step is h / 5: a density smoothed by N_h has so little power beyond the lattice's Nyquist
 * frequency that sums over nodes are integrals to rounding error. It reaches {@value #MARGIN} h
 * beyond the target's support. Samples within the inner box, {@value #INNER_MARGIN} h beyond the
 * support, keep their whole kernel on it.
 *
 * @param dimensions d, 1 or 2
 * @param step distance of neighbouring nodes, h / 5
 * @param nodes on each axis; a multiple of 4 {@value #CELL}, plus 1
 * @param innerHalfWidth s, where [-s, s]^d is the inner box
 */
record Grid(int dimensions, double step, int nodes, double innerHalfWidth) {
  /** Nodes per bandwidth, and steps per coarse cell. */
  static final int CELL = 5;

  private static final int MARGIN = 12;
  private static final int INNER_MARGIN = 6;

  static Grid of(TargetDistribution target, double h) {
    double support = target.supportHalfWidth();
    int halfCells = 2 * (int) Math.ceil((support + MARGIN * h) / (2 * h)); // even: see halved
    return new Grid(
        target.dimensions(), h / CELL, 2 * CELL * halfCells + 1, support + INNER_MARGIN * h);
  }

  /** Every second node on each axis: this grid's (2i, 2j) is its (i, j). */
  Grid halved() {
    return new Grid(dimensions, 2 * step, nodes / 2 + 1, innerHalfWidth);
  }

  int rows() {
    return dimensions == 1 ? 1 : nodes;
  }

  /** The coordinate of node i of either axis. */
  double coordinate(int i) {
    return (i - nodes / 2) * step;
  }

  /** The y of a row, 0 in one dimension. */
  double y(int row) {
    return dimensions == 1 ? 0 : coordinate(row);
  }

  /** The continuous index of a coordinate: {@link #coordinate} inverted. */
  double index(double coordinate) {
    return coordinate / step + nodes / 2;
  }

  /** The volume that a node stands for in sums over nodes. */
  double cellVolume() {
    return dimensions == 1 ? step : step * step;
  }

  double[][] zeros() {
    return new double[rows()][nodes];
  }

  /** Whether a point lies in a lattice cell whose centre is in the inner box. */
  boolean inner(double x, double y) {
    return Math.abs(cellCentre(x)) <= innerHalfWidth && Math.abs(cellCentre(y)) <= innerHalfWidth;
  }

  private double cellCentre(double coordinate) {
    return (Math.floor(coordinate / step) + 0.5) * step;
  }

  /** Whether linear binning of that point touches nodes of this grid only. */
  boolean contains(double x, double y) {
    double half = (nodes / 2 - 1) * step;
    return Math.abs(x) < half && Math.abs(y) < half;
  }

  /** Adds a weight to the nodes around a contained point, bilinearly. */
  void bin(double x, double y, double weight, double[][] onto) {
    LatticeValues.bin(onto, index(x), index(y), weight);
  }

  /** The value at a contained point, bilinearly: the adjoint of {@link #bin}. */
  double interpolate(double[][] values, double x, double y) {
    return LatticeValues.interpolate(values, index(x), index(y));
  }
}
