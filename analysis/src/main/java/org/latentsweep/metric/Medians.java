package org.latentsweep.metric;

import java.util.Arrays;

/** Medians of a set of values. */
public final class Medians {
  private Medians() {}

  /**
   * Returns the middle value in ascending order, or the mean of the two middle ones.
   *
   * @param values at least one, left unchanged; NaN counts as the greatest value
   */
  public static double median(double[] values) {
    double[] sorted = sorted(values);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : 0.5 * sorted[middle - 1] + 0.5 * sorted[middle]; // a sum of the two could overflow
  }

  /**
   * Returns the middle value in ascending order, or the greater of the two middle ones: always one
   * of the values themselves.
   *
   * @param values at least one, left unchanged; NaN counts as the greatest value
   */
  public static double upperMedian(double[] values) {
    return sorted(values)[values.length / 2];
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
