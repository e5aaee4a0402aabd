package org.latentsweep.divergence;

import java.util.Arrays;

/** Sorts sample indices by 64-bit keys: a stable radix sort, in time proportional to n. */
final class CellOrder {
  /**
   * Bits sorted by in one pass. Chosen by judgement: four passes, with a table of 65,536 counts.
   */
  private static final int DIGIT_BITS = 16;

  private static final int DIGITS = 1 << DIGIT_BITS;

  private CellOrder() {}

  /**
   * Returns the indices 0..n-1 in ascending order of their keys.
   *
   * @param keys at least one, not negative
   */
  static int[] of(long[] keys) {
    int n = keys.length;
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    int[] next = new int[n];
    int[] start = new int[DIGITS + 1];
    for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
      Arrays.fill(start, 0);
      for (long key : keys) {
        start[digit(key, shift) + 1]++;
      }
      if (start[digit(keys[0], shift) + 1] == n) {
        continue; // all keys have the same digit here
      }
      for (int d = 0; d < DIGITS; d++) {
        start[d + 1] += start[d];
      }
      for (int i : order) {
        next[start[digit(keys[i], shift)]++] = i;
      }
      int[] swap = order;
      order = next;
      next = swap;
    }
    return order;
  }

  private static int digit(long key, int shift) {
    return (int) (key >>> shift) & (DIGITS - 1);
  }
}
