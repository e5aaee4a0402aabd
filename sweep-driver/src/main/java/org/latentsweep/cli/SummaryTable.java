package org.latentsweep.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.figure.WordWrap;

/** Converts the {@code summary} table for people: the headline and diagnosis of each grid cell. */
final class SummaryTable {
  /** Characters in a line of diagnoses. Chosen by judgement: it fits most terminals. */
  private static final int WIDTH = 110;

  private static final String SPACE = "  "; // between columns

  private static final List<String> METRICS =
      List.of(
          SmoothedDivergences.KL_FORWARD,
          SmoothedDivergences.KL_REVERSE,
          SmoothedDivergences.KL_MEAN);

  private SummaryTable() {}

  /**
   * Returns a row for each grid cell with a column for each metric.
   *
   * @param summary a table with the columns of {@code summary}
   */
  static ResultTable wide(ResultTable summary) {
    Map<List<Object>, Map<Object, List<Object>>> cells = cells(summary);
    boolean varied = varied(cells.keySet());
    List<String> columns = new ArrayList<>(keyColumns(varied));
    columns.addAll(List.of("diverged", "failed"));
    METRICS.forEach(name -> columns.addAll(List.of(name, "floor")));
    List<List<Object>> rows = new ArrayList<>();
    cells.forEach((key, metrics) -> rows.add(row(summary, key, metrics, varied)));
    return new ResultTable(columns, rows);
  }

  /**
   * Returns the diagnosis of each grid cell, broken into lines.
   *
   * @param summary a table with the columns of {@code summary}
   */
  static ResultTable diagnoses(ResultTable summary) {
    Map<List<Object>, Map<Object, List<Object>>> cells = cells(summary);
    boolean varied = varied(cells.keySet());
    List<String> columns = new ArrayList<>(keyColumns(varied));
    int width = WIDTH;
    for (int c = 0; c < columns.size(); c++) {
      width -= width(columns.get(c), c, cells.keySet()) + SPACE.length();
    }
    columns.add("diagnosis");
    List<List<Object>> rows = new ArrayList<>();
    for (Map.Entry<List<Object>, Map<Object, List<Object>>> cell : cells.entrySet()) {
      Object diagnosis = value(summary, cell.getValue().values().iterator().next(), "diagnosis");
      if (diagnosis != null) {
        addLines(cell.getKey().subList(0, columns.size() - 1), (String) diagnosis, width, rows);
      }
    }
    return new ResultTable(columns, rows);
  }

  private static int width(String column, int c, Collection<List<Object>> keys) {
    return keys.stream()
        .mapToInt(key -> key.get(c).toString().length())
        .reduce(column.length(), Math::max);
  }

  /** Adds a row for each line of a diagnosis. Only the first row shows the key of the cell. */
  private static void addLines(List<Object> key, String text, int width, List<List<Object>> rows) {
    List<Object> start = key;
    for (String line : WordWrap.lines(text, SPACE, line -> line.length() <= width)) {
      List<Object> row = new ArrayList<>(start);
      row.add(line);
      rows.add(row);
      start = Collections.nCopies(key.size(), null);
    }
  }

  /** Returns the rows of each cell by metric. */
  private static Map<List<Object>, Map<Object, List<Object>>> cells(ResultTable summary) {
    Map<List<Object>, Map<Object, List<Object>>> cells = new LinkedHashMap<>();
    int metric = summary.columns().indexOf("metric");
    for (List<Object> row : summary.rows()) {
      cells
          .computeIfAbsent(key(summary, row), key -> new LinkedHashMap<>())
          .put(String.valueOf(row.get(metric)), row);
    }
    return cells;
  }

  private static List<String> keyColumns(boolean varied) {
    return varied ? List.of("target", "k", "variant") : List.of("target", "k");
  }

  private static List<Object> key(ResultTable summary, List<Object> row) {
    return List.of(
        value(summary, row, "target"),
        value(summary, row, "latent_dim"),
        value(summary, row, "variant"),
        value(summary, row, "config_hash"));
  }

  /** Returns whether some cells differ in more than their target and latent dimension. */
  private static boolean varied(Collection<List<Object>> keys) {
    return keys.stream().anyMatch(key -> !key.get(2).equals(""));
  }

  private static List<Object> row(
      ResultTable summary, List<Object> key, Map<Object, List<Object>> metrics, boolean varied) {
    List<Object> any = metrics.values().iterator().next();
    List<Object> row = new ArrayList<>(key.subList(0, varied ? 3 : 2));
    List<Object> headline = metrics.getOrDefault(METRICS.get(0), any);
    row.add(value(summary, headline, "diverged"));
    row.add(value(summary, headline, "failed"));
    for (String name : METRICS) {
      List<Object> cells = metrics.get(name);
      row.add(cells == null ? null : interval(summary, cells));
      row.add(cells == null ? null : rounded(value(summary, cells, "floor")));
    }
    return row;
  }

  /**
   * Says what the numbers of {@link #wide} are.
   *
   * @param summary a table with the columns of {@code summary}
   */
  static String caption(ResultTable summary) {
    SortedMap<Object, Object> confidences = new TreeMap<>(); // by number of runs
    for (List<Object> row : summary.rows()) {
      Object confidence = value(summary, row, "median_confidence");
      if (confidence != null && METRICS.contains(value(summary, row, "metric"))) {
        confidences.put(value(summary, row, "counted"), confidence);
      }
    }
    String held =
        confidences.entrySet().stream()
            .map(e -> "%s%% for %s runs".formatted(percent(e.getValue()), e.getKey()))
            .collect(Collectors.joining(", "));
    return "KL_h in nats: median over seeds"
        + (held.isEmpty() ? "" : " [interval that holds it with a confidence of " + held + "]")
        + ", worst run, runs with a finite value of all (a run that diverged or failed counts as"
        + " infinite); floor: what samples of the target itself get";
  }

  private static String percent(Object share) {
    return String.format(Locale.ROOT, "%.1f", 100 * (Double) share).replaceFirst("[.]0$", "");
  }

  private static String interval(ResultTable summary, List<Object> row) {
    Object median = value(summary, row, "median");
    if (median == null) {
      return null;
    }
    Object low = value(summary, row, "median_low");
    String count =
        "%s of %s".formatted(value(summary, row, "finite"), value(summary, row, "counted"));
    return low == null
        ? "%s, %s".formatted(rounded(median), count)
        : "%s [%s, %s] worst %s, %s"
            .formatted(
                rounded(median),
                rounded(low),
                rounded(value(summary, row, "median_high")),
                rounded(value(summary, row, "worst")),
                count);
  }

  /** Writes three decimals, and fewer above 1; four below 0.01. */
  private static String rounded(Object number) {
    if (number == null) {
      return null;
    }
    double value = (Double) number;
    double size = Math.abs(value);
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinite" : "-infinite";
    }
    String format =
        size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : size >= 0.01 || size == 0 ? "%.3f" : "%.4f";
    return String.format(Locale.ROOT, format, value);
  }

  private static Object value(ResultTable summary, List<Object> row, String column) {
    return row.get(summary.columns().indexOf(column));
  }
}
