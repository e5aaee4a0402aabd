package org.latentsweep.divergence;

import org.latentsweep.target.TargetDistribution;

/**
 * Weighted points that stand for a target p in integrals, int p f dx = sum_i w_i f(x_i), with log p
 * at each: about {@value #COUNT} of them, spread over the target's mass like a stratified sample
 * and without randomness.
 *
 * <p>Where p smoothed is a closed form, cells of a lattice get points in proportion to their mass,
 * each at another place in its cell, weighted by p there over p at the cell's node. Elsewhere the
 * points are a lattice of latents pushed through the target's natural map. Immutable.
 */
final class TargetPoints {
  private static final int COUNT = 1 << 15;
  private static final int CAPACITY = 2 * COUNT;

  /** Steps of the sequence that places points in cells, R2 of M. Roberts (2018). */
  private static final double[] STEPS = {0.7548776662466927, 0.5698402909980532};

  private final double[] x;
  private final double[] y; // zeros in one dimension
  private final double[] logP;
  private final double[] weight; // sum 1
  private int size;

  TargetPoints(TargetDistribution target) {
    x = new double[CAPACITY];
    y = new double[CAPACITY];
    logP = new double[CAPACITY];
    weight = new double[CAPACITY];
    if (target.smoothedInClosedForm()) {
      fromCells(target, Grid.of(target, target.defaultBandwidth()));
    } else {
      float[] points = TargetGrid.pushedLattice(target, COUNT);
      for (int i = 0; i < points.length && size < CAPACITY; i += target.dimensions()) {
        add(target, points[i], target.dimensions() == 1 ? 0 : points[i + 1], Double.NaN);
      }
    }
    normalise();
  }

  /** Visits rows to and fro, so that neighbours in the order are neighbours in the plane. */
  private void fromCells(TargetDistribution target, Grid grid) {
    double due = 0.5;
    for (int i = 0; i < grid.rows(); i++) {
      for (int a = 0; a < grid.nodes(); a++) {
        int j = i % 2 == 0 ? a : grid.nodes() - 1 - a;
        double logCell = logDensity(target, grid.coordinate(j), grid.y(i));
        due += Math.exp(logCell) * grid.cellVolume() * COUNT;
        for (; due >= 1 && size < CAPACITY; due--) {
          add(
              target,
              grid.coordinate(j) + grid.step() * offset(0),
              grid.dimensions() == 1 ? 0 : grid.y(i) + grid.step() * offset(1),
              logCell);
        }
      }
    }
  }

  /** In [-0.5, 0.5). */
  private double offset(int axis) {
    double at = size * STEPS[axis];
    return at - Math.floor(at) - 0.5;
  }

  /** A point of a cell whose node has that log density, or of equal mass if that is NaN. */
  private void add(TargetDistribution target, double px, double py, double logCell) {
    double logDensity = logDensity(target, px, py);
    if (logDensity == Double.NEGATIVE_INFINITY) {
      return; // rounding took it over the edge of the support
    }
    x[size] = px;
    y[size] = py;
    logP[size] = logDensity;
    weight[size] = Double.isNaN(logCell) ? 1 : Math.exp(logDensity - logCell);
    size++;
  }

  static double logDensity(TargetDistribution target, double x, double y) {
    return target.logDensity(target.dimensions() == 1 ? new double[] {x} : new double[] {x, y});
  }

  private void normalise() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += weight[i];
    }
    for (int i = 0; i < size; i++) {
      weight[i] /= sum;
    }
  }

  int size() {
    return size;
  }

  double x(int i) {
    return x[i];
  }

  double y(int i) {
    return y[i];
  }

  double logP(int i) {
    return logP[i];
  }

  double weight(int i) {
    return weight[i];
  }
}
