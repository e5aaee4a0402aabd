package org.latentsweep.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latentsweep.metric.PointsCheck;

/** Collects the points of a file that another program wrote, and what is wrong with them. */
final class SamplePoints {
  /** Rows of a kind that a message lists, chosen by judgement: enough to find the cause. */
  private static final int MAX_ROWS_LISTED = 3;

  private static final int MAX_COLUMNS_LISTED = 20; // chosen by judgement
  private static final int MAX_SHOWN = 30; // characters of a value, chosen by judgement

  private final Path path;
  private final List<String> columns;
  private final Map<String, Places> problems = new LinkedHashMap<>(); // by kind
  private float[] points = new float[1 << 12];
  private int size;
  private long rows;

  /** The first places of a kind of problem, and the number of the others. */
  private static final class Places {
    private final List<String> first = new ArrayList<>();
    private long more;

    void add(String place) {
      if (first.size() < MAX_ROWS_LISTED) {
        first.add(place);
      } else {
        more++;
      }
    }

    @Override
    public String toString() {
      return String.join(", ", first) + (more == 0 ? "" : " and " + more + " more");
    }
  }

  SamplePoints(Path path, List<String> columns) {
    this.path = path;
    this.columns = columns;
  }

  IllegalArgumentException unusable(String problem) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "Cannot read samples from %s: %s", path, problem));
  }

  /** Returns the places of the coordinates among the columns of a file. */
  int[] places(List<String> found) {
    List<String> missing = columns.stream().filter(name -> !found.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw unusable(
          String.format(
              Locale.ROOT,
              "it has no column %s; its columns are %s",
              String.join(", ", missing),
              found.isEmpty() ? "none" : ErrorText.list(found, MAX_COLUMNS_LISTED)));
    }
    for (String name : columns) {
      if (Collections.frequency(found, name) > 1) {
        throw unusable("it has more than one column " + name);
      }
    }
    return columns.stream().mapToInt(found::indexOf).toArray();
  }

  List<String> columns() {
    return columns;
  }

  /** Starts the next point. */
  void startRow() {
    rows++;
  }

  /**
   * Adds a coordinate.
   *
   * @param column the place of the coordinate among those of a point
   * @param value the number; null if there is none
   * @param text what stands in the file; null if nothing does
   * @param place where it stands, as "line 3"
   */
  void add(int column, Double value, String text, String place) {
    String name = columns.get(column);
    if (value == null) {
      addProblem(name + " is no number in ", place + shown(text));
    } else if (value.isNaN()) {
      addProblem(name + " is NaN in ", place);
    } else if (Float.isInfinite(value.floatValue())) {
      addProblem(name + " is infinite or over 3.4e38 in ", place + shown(text));
    }
    if (size == points.length) {
      points = Arrays.copyOf(points, Math.multiplyExact(2, size));
    }
    points[size++] = value == null ? Float.NaN : value.floatValue();
  }

  private static String shown(String text) {
    if (text == null) {
      return " (empty)";
    }
    boolean tooLong = text.length() > MAX_SHOWN;
    return " ('" + (tooLong ? text.substring(0, MAX_SHOWN) + "..." : text) + "')";
  }

  /** Adds a problem of a kind at a place; a message lists the first places of each kind. */
  void addProblem(String kind, String place) {
    problems.computeIfAbsent(kind, key -> new Places()).add(place);
  }

  /**
   * Returns the points, row-major [n, d].
   *
   * @throws IllegalArgumentException listing everything that is wrong with them
   */
  float[] checked() {
    List<String> all = new ArrayList<>();
    problems.forEach((kind, places) -> all.add(kind + places));
    if (rows < PointsCheck.MIN_POINTS) {
      all.add(
          String.format(
              Locale.ROOT, "it holds %d points, and %d are needed", rows, PointsCheck.MIN_POINTS));
    }
    if (!all.isEmpty()) {
      throw unusable(String.join("; ", all));
    }
    return Arrays.copyOf(points, size);
  }
}
