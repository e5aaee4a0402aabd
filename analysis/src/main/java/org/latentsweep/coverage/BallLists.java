package org.latentsweep.coverage;

import java.util.Arrays;

/** Linked lists in arrays, one for each point, of the balls that hold the point or nearly do. */
final class BallLists {
  private static final int CAPACITY = 1 << 12; // at first

  private final int[] first; // [points], first entry of each list, -1 if it is empty
  private int[] next = new int[CAPACITY]; // [entries], next entry of the list, or -1
  private int[] ball = new int[CAPACITY]; // [entries]
  private boolean[] holds = new boolean[CAPACITY]; // [entries]
  private int size;

  /** Makes empty lists. */
  BallLists(int points) {
    first = new int[points];
    Arrays.fill(first, -1);
  }

  /**
   * Adds an entry to the list of a point.
   *
   * @param inside whether the ball holds the point
   */
  void add(int point, int ofBall, boolean inside) {
    if (size == next.length) {
      next = Arrays.copyOf(next, 2 * size);
      ball = Arrays.copyOf(ball, 2 * size);
      holds = Arrays.copyOf(holds, 2 * size);
    }
    next[size] = first[point];
    ball[size] = ofBall;
    holds[size] = inside;
    first[point] = size++;
  }

  /** Returns the first entry of the list of a point, -1 if it is empty. */
  int first(int point) {
    return first[point];
  }

  /** Returns the entry after another, -1 after the last. */
  int next(int entry) {
    return next[entry];
  }

  /** Returns the ball of an entry. */
  int ball(int entry) {
    return ball[entry];
  }

  /** Returns whether the ball of an entry holds the point. */
  boolean holds(int entry) {
    return holds[entry];
  }
}
