package org.latentsweep.divergence;

import java.util.ArrayList;
import java.util.List;

/** What samples must be before anything is measured on them. */
final class PointsCheck {
  private PointsCheck() {}

  /**
   * Checks samples, row-major [n, d].
   *
   * @throws IllegalArgumentException naming everything that is wrong
   */
  static void check(float[] points, int dimensions, int least) {
    List<String> problems = new ArrayList<>();
    if (points.length % dimensions != 0) {
      problems.add(
          points.length + " numbers do not make rows of " + dimensions + " coordinates each");
    }
    int rows = points.length / dimensions;
    if (rows < least) {
      problems.add("found " + rows + " rows where " + least + " or more are needed");
    }
    addNonFinite(points, dimensions, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Cannot measure samples: " + String.join("; ", problems));
    }
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
