package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latentsweep.cell.ReportTable;
import org.latentsweep.cell.SweepTables;

/** Samples of runs, by run and step. */
public final class RunSamples {
  private final Map<String, SortedMap<Integer, float[]>> points;
  private final ReportTable table;

  private RunSamples(Map<String, SortedMap<Integer, float[]>> points, ReportTable table) {
    this.points = points;
    this.table = table;
  }

  /**
   * Reads the first samples of each set.
   *
   * @param steps by run
   * @param n of each run and step, at most
   */
  public static RunSamples read(SweepTables sweep, Map<String, Collection<Integer>> steps, int n) {
    if (steps.isEmpty()) {
      return new RunSamples(Map.of(), ReportTable.computed(COLUMNS, List.of()));
    }
    SortedSet<Integer> all = new TreeSet<>();
    steps.values().forEach(all::addAll);
    ReportTable table =
        sweep.query(
            """
            SELECT target, latent_dim, run_id, step, i, x, y FROM samples
            WHERE run_id IN (%s) AND step IN (%s) AND i < %d
            ORDER BY target, latent_dim, run_id, step, i
            """
                .formatted(
                    SweepTables.list(steps.keySet()),
                    all.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                    n));
    Map<String, SortedMap<Integer, List<List<Object>>>> rows = new LinkedHashMap<>();
    for (List<Object> row : table.rows()) {
      String run = table.text(row, "run_id");
      int step = table.whole(row, "step");
      if (steps.get(run).contains(step)) {
        rows.computeIfAbsent(run, r -> new TreeMap<>())
            .computeIfAbsent(step, s -> new ArrayList<>())
            .add(row);
      }
    }
    Map<String, SortedMap<Integer, float[]>> points = new LinkedHashMap<>();
    rows.forEach(
        (run, bySteps) ->
            bySteps.forEach(
                (step, set) ->
                    points.computeIfAbsent(run, r -> new TreeMap<>()).put(step, points(set))));
    return new RunSamples(points, table);
  }

  private static final List<String> COLUMNS =
      List.of("target", "latent_dim", "run_id", "step", "i", "x", "y");

  /** [n, 2] of rows; in one dimension y is NaN. */
  private static float[] points(List<List<Object>> rows) {
    float[] points = new float[2 * rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      List<Object> row = rows.get(i);
      points[2 * i] = (float) row.get(COLUMNS.indexOf("x"));
      Object y = row.get(COLUMNS.indexOf("y"));
      points[2 * i + 1] = y == null ? Float.NaN : (float) y;
    }
    return points;
  }

  /** Sets [n, 2] of a run by step; empty where the tables hold none. */
  public SortedMap<Integer, float[]> of(String run) {
    return points.getOrDefault(run, new TreeMap<>());
  }

  /** The rows that were read. */
  ReportTable table() {
    return table;
  }
}
