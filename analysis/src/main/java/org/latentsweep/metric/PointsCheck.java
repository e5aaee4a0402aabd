package org.latentsweep.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What samples must be before anything is measured on them. */
public final class PointsCheck {
  /** Fewer samples than these say nothing about a distribution. */
  public static final int LEAST = 50;

  private PointsCheck() {}

  /**
   * Checks that samples, row-major [n, d], are finite, whole and at least {@value #LEAST}.
   *
   * @throws IllegalArgumentException naming everything that is wrong
   */
  public static void check(float[] points, int dimensions) {
    throwIfAny(problems(points, dimensions));
  }

  /**
   * Checks all that {@link #check} does, and that no coordinate is the same in every row: what
   * takes a density without smoothing needs samples that spread.
   *
   * @throws IllegalArgumentException naming everything that is wrong
   */
  public static void checkSpread(float[] points, int dimensions) {
    List<String> problems = problems(points, dimensions);
    for (int a = 0; a < dimensions && points.length >= dimensions; a++) {
      int axis = a;
      boolean constant =
          IntStream.range(0, points.length / dimensions)
              .allMatch(i -> points[i * dimensions + axis] == points[axis]);
      if (constant) {
        problems.add("%s is %s in every row".formatted(a == 0 ? "x" : "y", points[axis]));
      }
    }
    throwIfAny(problems);
  }

  private static List<String> problems(float[] points, int dimensions) {
    List<String> problems = new ArrayList<>();
    if (points.length % dimensions != 0) {
      problems.add(
          points.length + " numbers do not make rows of " + dimensions + " coordinates each");
    }
    int rows = points.length / dimensions;
    if (rows < LEAST) {
      problems.add("found " + rows + " rows where " + LEAST + " or more are needed");
    }
    addNonFinite(points, dimensions, problems);
    return problems;
  }

  private static void throwIfAny(List<String> problems) {
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
