package org.latentsweep.coverage;

import org.latentsweep.neighbour.NearestNeighbours;

/**
 * Open balls around points, each of which reaches to the k-th nearest neighbour of its centre among
 * the points, k = {@value #K}. Immutable.
 */
final class NeighbourBalls {
  /**
   * Neighbours counted. The expected coverage of a perfect generator is 1 - 2^-k (Naeem et al.
   * 2020), which is 0.969; it is below 0.95 for every smaller k.
   */
  static final int K = 5;

  private final double[] squaredRadius; // [n]
  private final double[] nextSquaredRadius; // [n]
  private final int[] neighbours; // [n, k]

  private NeighbourBalls(double[] squaredRadius, double[] nextSquaredRadius, int[] neighbours) {
    this.squaredRadius = squaredRadius;
    this.nextSquaredRadius = nextSquaredRadius;
    this.neighbours = neighbours;
  }

  /**
   * Finds the balls.
   *
   * @param points n points, more than k + 1
   * @param tree a tree over the same points
   */
  static NeighbourBalls of(PlanarPoints points, NearestNeighbours tree) {
    int n = points.size();
    double[] squaredRadius = new double[n];
    double[] nextSquaredRadius = new double[n];
    int[] neighbours = new int[n * K];
    double[] distances = new double[K + 2];
    int[] rows = new int[K + 2];
    for (int i = 0; i < n; i++) {
      tree.nearest(points.x(i), points.y(i), distances, rows);
      // the point itself is at distance 0, though duplicates of it may have displaced it in rows
      squaredRadius[i] = distances[K];
      nextSquaredRadius[i] = distances[K + 1];
      int found = 0;
      for (int j = 0; found < K; j++) {
        if (rows[j] != i) {
          neighbours[i * K + found++] = rows[j];
        }
      }
    }
    return new NeighbourBalls(squaredRadius, nextSquaredRadius, neighbours);
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
    return neighbours[ball * K + j];
  }

  /** Returns whether a point is among the k nearest neighbours of the centre of a ball. */
  boolean hasNeighbour(int ball, int point) {
    for (int j = 0; j < K; j++) {
      if (neighbour(ball, j) == point) {
        return true;
      }
    }
    return false;
  }
}
