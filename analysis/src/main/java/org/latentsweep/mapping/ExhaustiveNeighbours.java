package org.latentsweep.mapping;

import java.util.Arrays;

/**
 * The nearest neighbours among a few thousand points, by distances to all of them: in a hundred
 * dimensions no tree is faster, and one coordinate of all points at a time is work that HotSpot
 * turns into vector instructions.
 */
final class ExhaustiveNeighbours {
  private final double[][] columns; // [k][n]
  private final double[] squares; // [n], distances from the last point that was asked for

  /** Takes the points' coordinates [k][n]. */
  ExhaustiveNeighbours(double[][] columns) {
    this.columns = columns;
    squares = new double[columns[0].length];
  }

  /** The places of the nearest neighbours of point i, nearest first; ties by place. */
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

  /** From point i to every point [n], in a buffer that the next call writes over. */
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
