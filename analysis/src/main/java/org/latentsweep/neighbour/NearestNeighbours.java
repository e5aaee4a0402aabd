package org.latentsweep.neighbour;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * A k-d tree (Bentley 1975) over points in one or two dimensions. It is held in arrays: the points
 * are reordered so that every node is a range of them, split at the point in its middle, and its
 * children are the ranges before and after that point. Immutable.
 */
public final class NearestNeighbours {
  /** Ranges of up to this many points are searched without splitting. Chosen by judgement. */
  private static final int MAX_LEAF_SIZE = 8;

  private final double[] x; // [n], in the tree's order
  private final double[] y; // [n], zeros in one dimension
  private final int[] row; // [n], the row of each in the points given
  private final boolean[] splitsY; // [n], at the middle of a node's range: whether it splits y

  /**
   * Builds the tree.
   *
   * @param points row-major [n, d]
   * @param dimensions d, 1 or 2
   */
  public NearestNeighbours(float[] points, int dimensions) {
    int n = points.length / dimensions;
    x = new double[n];
    y = new double[n];
    row = new int[n];
    splitsY = new boolean[n];
    for (int i = 0; i < n; i++) {
      x[i] = points[i * dimensions];
      y[i] = dimensions == 1 ? 0 : points[i * dimensions + 1];
      row[i] = i;
    }
    split(0, n);
  }

  private void split(int from, int to) {
    if (to - from <= MAX_LEAF_SIZE) {
      return;
    }
    int middle = (from + to) >>> 1;
    splitsY[middle] = extent(y, from, to) > extent(x, from, to);
    select(splitsY[middle] ? y : x, from, to - 1, middle);
    split(from, middle);
    split(middle + 1, to);
  }

  private static double extent(double[] values, int from, int to) {
    double low = values[from];
    double high = low;
    for (int i = from + 1; i < to; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    return high - low;
  }

  /**
   * Hoare's selection algorithm: reorders a range so that the point at {@code rank} is the one that
   * sorting the range by {@code key} would put there, with no greater key before it and no smaller
   * key after it.
   */
  private void select(double[] key, int from, int to, int rank) {
    int low = from;
    int high = to;
    while (low < high) {
      double pivot = key[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (key[i] < pivot) {
          i++;
        }
        while (key[j] > pivot) {
          j--;
        }
        if (i <= j) {
          swap(i++, j--);
        }
      }
      if (rank <= j) {
        high = j;
      } else if (rank >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private void swap(int i, int j) {
    double held = x[i];
    x[i] = x[j];
    x[j] = held;
    held = y[i];
    y[i] = y[j];
    y[j] = held;
    int heldRow = row[i];
    row[i] = row[j];
    row[j] = heldRow;
  }

  /**
   * Returns the row, in the points given, of the point at a place in the tree's order. Points that
   * follow each other in this order lie close together, so querying all points is fastest in it.
   *
   * @param place from 0 to n - 1
   */
  public int rowAt(int place) {
    return row[place];
  }

  /**
   * Finds the points nearest to a location, one for each place in the arrays.
   *
   * @param squared filled with the squared distances of these points in ascending order, infinite
   *     at the end if there are fewer points
   * @param rows of the same length; filled with the rows of these points, -1 at the end if there
   *     are fewer
   */
  public void nearest(double atX, double atY, double[] squared, int[] rows) {
    Arrays.fill(squared, Double.POSITIVE_INFINITY);
    Arrays.fill(rows, -1);
    nearest(0, row.length, atX, atY, squared, rows);
  }

  private void nearest(int from, int to, double atX, double atY, double[] squared, int[] rows) {
    if (to - from <= MAX_LEAF_SIZE) {
      for (int i = from; i < to; i++) {
        offer(i, atX, atY, squared, rows);
      }
      return;
    }
    int middle = (from + to) >>> 1;
    double beyond = splitsY[middle] ? atY - y[middle] : atX - x[middle];
    boolean left = beyond < 0;
    nearest(left ? from : middle + 1, left ? middle : to, atX, atY, squared, rows);
    if (beyond * beyond < squared[squared.length - 1]) {
      offer(middle, atX, atY, squared, rows);
      nearest(left ? middle + 1 : from, left ? to : middle, atX, atY, squared, rows);
    }
  }

  private void offer(int i, double atX, double atY, double[] squared, int[] rows) {
    double distance = squaredDistance(i, atX, atY);
    int place = squared.length - 1;
    if (!(distance < squared[place])) {
      return;
    }
    while (place > 0 && distance < squared[place - 1]) {
      squared[place] = squared[place - 1];
      rows[place] = rows[place - 1];
      place--;
    }
    squared[place] = distance;
    rows[place] = row[i];
  }

  private double squaredDistance(int i, double atX, double atY) {
    double dx = x[i] - atX;
    double dy = y[i] - atY;
    return dx * dx + dy * dy;
  }

  /** Visits the rows of all points whose squared distance from a location is below a limit. */
  public void within(double atX, double atY, double squaredLimit, IntConsumer visitor) {
    within(0, row.length, atX, atY, squaredLimit, visitor);
  }

  private void within(
      int from, int to, double atX, double atY, double squaredLimit, IntConsumer visitor) {
    if (to - from <= MAX_LEAF_SIZE) {
      for (int i = from; i < to; i++) {
        visitIfWithin(i, atX, atY, squaredLimit, visitor);
      }
      return;
    }
    int middle = (from + to) >>> 1;
    double beyond = splitsY[middle] ? atY - y[middle] : atX - x[middle];
    boolean near = beyond * beyond < squaredLimit;
    if (beyond < 0 || near) {
      within(from, middle, atX, atY, squaredLimit, visitor);
    }
    if (near) {
      visitIfWithin(middle, atX, atY, squaredLimit, visitor);
    }
    if (beyond >= 0 || near) {
      within(middle + 1, to, atX, atY, squaredLimit, visitor);
    }
  }

  private void visitIfWithin(
      int i, double atX, double atY, double squaredLimit, IntConsumer visitor) {
    if (squaredDistance(i, atX, atY) < squaredLimit) {
      visitor.accept(row[i]);
    }
  }
}
