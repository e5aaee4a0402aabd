package org.latentsweep.figure;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latentsweep.cell.GridCell;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.run.RunId;
import org.latentsweep.table.NamedColumns;
import org.latentsweep.table.Nullable;

/** Samples of runs, by run and step. */
public final class RunSamples {
  private static final String SQL =
      """
      SELECT target, latent_dim, run_id, step, i, x, y FROM samples
      WHERE run_id IN (%s) AND step IN (%s) AND i < %d
      ORDER BY target, latent_dim, run_id, step, i
      """;

  /** A sample of a run. */
  private record DrawnSample(
      String target, int latentDim, RunId runId, int step, int i, float x, @Nullable Float y) {}

  private final Map<RunId, SortedMap<Integer, float[]>> points = new HashMap<>();
  private final List<DrawnSample> rows;
  private final String sql;

  private RunSamples(String sql, List<DrawnSample> rows, Map<RunId, Collection<Integer>> steps) {
    this.sql = sql;
    this.rows = rows;
    rows.stream()
        .filter(row -> steps.get(row.runId()).contains(row.step()))
        .collect(Collectors.groupingBy(DrawnSample::runId))
        .forEach((run, ofRun) -> points.put(run, bySteps(ofRun)));
  }

  private static SortedMap<Integer, float[]> bySteps(List<DrawnSample> ofRun) {
    SortedMap<Integer, float[]> bySteps = new TreeMap<>();
    ofRun.stream()
        .collect(Collectors.groupingBy(DrawnSample::step))
        .forEach((step, set) -> bySteps.put(step, points(set)));
    return bySteps;
  }

  /** Returns the points [n, 2] of rows. In one dimension, y is NaN. */
  private static float[] points(List<DrawnSample> rows) {
    float[] points = new float[2 * rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      DrawnSample row = rows.get(i);
      points[2 * i] = row.x();
      points[2 * i + 1] = row.y() == null ? Float.NaN : row.y();
    }
    return points;
  }

  /** Reads at most n samples after the last step of the shown run of each cell. */
  static RunSamples ofLastSteps(SweepQueries sweep, Collection<GridCell> cells, int n) {
    Map<RunId, Collection<Integer>> steps = new HashMap<>();
    for (GridCell cell : cells) {
      sweep.shownRun(cell).ifPresent(run -> steps.put(run.runId(), List.of(run.steps())));
    }
    return read(sweep, steps, n);
  }

  /**
   * Reads the first samples of each set.
   *
   * @param steps the steps of each run
   * @param n at most so many samples of each run and step
   */
  public static RunSamples read(SweepQueries sweep, Map<RunId, Collection<Integer>> steps, int n) {
    if (steps.isEmpty()) {
      return new RunSamples("", List.of(), steps);
    }
    SortedSet<Integer> all = new TreeSet<>();
    steps.values().forEach(all::addAll);
    String sql =
        String.format(
            Locale.ROOT,
            SQL,
            SweepQueries.list(steps.keySet()),
            all.stream().map(String::valueOf).collect(Collectors.joining(", ")),
            n);
    return new RunSamples(sql, sweep.query(sql, DrawnSample.class), steps);
  }

  /** Returns the sets [n, 2] of a run by step; empty if the tables hold none. */
  public SortedMap<Integer, float[]> of(RunId run) {
    return points.getOrDefault(run, new TreeMap<>());
  }

  /** Returns whether no samples were found. */
  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Returns the rows that were read. */
  NamedColumns table() {
    return NamedColumns.queried(sql, DrawnSample.class, rows);
  }
}
