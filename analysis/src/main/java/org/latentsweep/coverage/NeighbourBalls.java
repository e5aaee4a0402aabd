package org.latentsweep.coverage;

import org.latentsweep.neighbour.NearestNeighbours;

/**
 * Open balls around points, each of which reaches to the k-th nearest neighbour of its centre among
 * the points. Immutable.
 */
final class NeighbourBalls {
  private final int k;
  private final double[] squaredRadius; // [n]
  private final double[] nextSquaredRadius; // [n]
  private final int[] neighbours; // [n, k]

  private NeighbourBalls(
      int k, double[] squaredRadius, double[] nextSquaredRadius, int[] neighbours) {
    this.k = k;
    this.squaredRadius = squaredRadius;
    this.nextSquaredRadius = nextSquaredRadius;
    this.neighbours = neighbours;
  }

  /**
   * Finds the balls.
   *
   * @param points n points, more than k + 1
   * @param tree a tree over the same points
   * @param k neighbours counted, above 0
   */
  static NeighbourBalls of(PlanarPoints points, NearestNeighbours tree, int k) {
    int n = points.size();
    double[] squaredRadius = new double[n];
    double[] nextSquaredRadius = new double[n];
    int[] neighbours = new int[n * k];
    double[] distances = new double[k + 2];
    int[] rows = new int[k + 2];
    for (int i = 0; i < n; i++) {
      tree.nearest(points.x(i), points.y(i), distances, rows);
      // the point itself is at distance 0, though duplicates of it may have displaced it in rows
      squaredRadius[i] = distances[k];
      nextSquaredRadius[i] = distances[k + 1];
      int found = 0;
      for (int j = 0; found < k; j++) {
        if (rows[j] != i) {
          neighbours[i * k + found++] = rows[j];
        }
      }
    }
    return new NeighbourBalls(k, squaredRadius, nextSquaredRadius, neighbours);
  }

  /** Returns k. */
  int k() {
    return k;
  }

  /** Returns n. */
  int size() {
    return squaredRadius.length;
  }

  /** Returns the squared radius of a ball. */
  double squaredRadius(int ball) {
    return squaredRadius[ball];
  }

  /** Returns the squared radius that a ball has when one of the k neighbours is left out. */
  double nextSquaredRadius(int ball) {
    return nextSquaredRadius[ball];
  }

  /** Returns one of the k nearest neighbours of the centre of a ball. */
  int neighbour(int ball, int j) {
    return neighbours[ball * k + j];
  }

  /** Returns whether a point is among the k nearest neighbours of the centre of a ball. */
  boolean hasNeighbour(int ball, int point) {
    for (int j = 0; j < k; j++) {
      if (neighbour(ball, j) == point) {
        return true;
      }
    }
    return false;
  }
}
