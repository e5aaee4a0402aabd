package org.latentsweep.metric;

import java.util.ArrayList;
import java.util.List;

/** Checks samples before a metric is computed from them. */
public final class PointsCheck {
  /**
   * The smallest number of samples that is measured. Chosen by judgement: fewer say too little
   * about the density of a distribution.
   */
  public static final int MIN_POINTS = 50;

  private PointsCheck() {}

  /**
   * Checks that samples are finite, make whole rows, and are {@value #MIN_POINTS} or more.
   *
   * @param points samples, row-major [n, d]
   * @param dimensions d
   * @throws IllegalArgumentException naming everything that is wrong
   */
  public static void check(float[] points, int dimensions) {
    List<String> problems = problems(points, dimensions);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Cannot measure samples: " + String.join("; ", problems));
    }
  }

  private static List<String> problems(float[] points, int dimensions) {
    List<String> problems = new ArrayList<>();
    if (points.length % dimensions != 0) {
      problems.add(
          points.length + " numbers do not make rows of " + dimensions + " coordinates each");
    }
    int rows = points.length / dimensions;
    if (rows < MIN_POINTS) {
      problems.add("found " + rows + " rows where " + MIN_POINTS + " or more are needed");
    }
    addNonFinite(points, dimensions, problems);
    return problems;
  }

  private static void addNonFinite(float[] points, int dimensions, List<String> problems) {
    int count = 0;
    int first = -1;
    for (int i = 0; i < points.length; i++) {
      if (!Float.isFinite(points[i])) {
        first = count == 0 ? i : first;
        count++;
      }
    }
    if (count > 0) {
      problems.add(
          "coordinates must be finite, found "
              + count
              + " that are not, the first "
              + points[first]
              + " in row "
              + first / dimensions);
    }
  }
}
