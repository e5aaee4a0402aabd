package org.latentsweep.mapping;

import java.util.Arrays;

/**
 * Finds nearest neighbours among a few thousand points by computing the distances to all of them.
 * In a hundred dimensions no tree is faster, and HotSpot vectorises the sums, which take one
 * coordinate of all points at a time. For one thread.
 */
final class ExhaustiveNeighbours {
  private final double[][] columns; // [k][n]
  private final double[] squares; // [n], buffer of squared distances

  /** Takes the points' coordinates [k][n]. */
  ExhaustiveNeighbours(double[][] columns) {
    this.columns = columns;
    squares = new double[columns[0].length];
  }

  /**
   * Returns the indices of the nearest neighbours of point i, the nearest first; equally near
   * points are in the order of their indices.
   */
  int[] of(int i, int count) {
    squaredDistances(i);
    squares[i] = Double.POSITIVE_INFINITY;
    int[] nearest = new int[count];
    int found = 0;
    for (int j = 0; j < squares.length; j++) {
      if (found < count || squares[j] < squares[nearest[count - 1]]) {
        insert(nearest, found, j);
        found = Math.min(found + 1, count);
      }
    }
    return nearest;
  }

  private void insert(int[] nearest, int found, int j) {
    int at = Math.min(found, nearest.length - 1);
    while (at > 0 && squares[j] < squares[nearest[at - 1]]) {
      nearest[at] = nearest[at - 1];
      at--;
    }
    nearest[at] = j;
  }

  /**
   * Returns the squared distances from point i to all points, [n], in a buffer that the next call
   * overwrites.
   */
  double[] squaredDistances(int i) {
    Arrays.fill(squares, 0);
    for (double[] column : columns) {
      addSquares(column, column[i]);
    }
    return squares;
  }

  private void addSquares(double[] column, double from) {
    for (int j = 0; j < squares.length; j++) {
      double difference = column[j] - from;
      squares[j] += difference * difference;
    }
  }
}
