package org.latentsweep.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The headline of the {@code summary} table for people: a line a grid cell. */
final class SummaryTable {
  static final String CAPTION =
      "KL_h in nats, mean over seeds ± half the width of its 95% t-interval;"
          + " floor: what samples of the target itself get";

  private static final List<String> METRICS = List.of("kl_forward", "kl_reverse", "kl_mean");

  private SummaryTable() {}

  /**
   * Turns rows of metrics into columns.
   *
   * @param summary with the columns of the {@code summary} table
   */
  static Table wide(Table summary) {
    Map<List<Object>, Map<Object, List<Object>>> cells = new LinkedHashMap<>();
    int metric = summary.columns().indexOf("metric");
    for (List<Object> row : summary.rows()) {
      cells
          .computeIfAbsent(key(summary, row), key -> new LinkedHashMap<>())
          .put(String.valueOf(row.get(metric)), row);
    }
    boolean ambiguous = ambiguous(cells.keySet());
    List<String> columns = new ArrayList<>(List.of("target", "k"));
    if (ambiguous) {
      columns.add("config");
    }
    columns.addAll(List.of("runs", "diverged", "failed"));
    METRICS.forEach(name -> columns.addAll(List.of(name, "floor")));
    List<List<Object>> rows = new ArrayList<>();
    cells.forEach((key, metrics) -> rows.add(row(summary, key, metrics, ambiguous)));
    return new Table(columns, rows);
  }

  private static List<Object> key(Table summary, List<Object> row) {
    return List.of(
        value(summary, row, "target"),
        value(summary, row, "latent_dim"),
        value(summary, row, "config_hash"));
  }

  /** Whether some cells differ in more than their target and latent dimension. */
  private static boolean ambiguous(Collection<List<Object>> keys) {
    Set<List<Object>> seen = new HashSet<>();
    return keys.stream().anyMatch(key -> !seen.add(key.subList(0, 2)));
  }

  private static List<Object> row(
      Table summary, List<Object> key, Map<Object, List<Object>> metrics, boolean ambiguous) {
    List<Object> any = metrics.values().iterator().next();
    List<Object> row = new ArrayList<>(key.subList(0, ambiguous ? 3 : 2));
    List<Object> headline = metrics.getOrDefault(METRICS.get(0), any);
    row.add(value(summary, headline, "runs"));
    row.add(value(summary, headline, "diverged"));
    row.add(value(summary, headline, "failed"));
    for (String name : METRICS) {
      List<Object> cells = metrics.get(name);
      row.add(cells == null ? null : interval(summary, cells));
      row.add(cells == null ? null : rounded(value(summary, cells, "floor")));
    }
    return row;
  }

  private static String interval(Table summary, List<Object> row) {
    Object mean = value(summary, row, "mean");
    Object high = value(summary, row, "ci_high");
    if (mean == null) {
      return null;
    }
    String half =
        high == null ? "-" : rounded((Double) high - (Double) mean); // one seed has no spread
    return rounded(mean) + " ± " + half;
  }

  private static String rounded(Object number) {
    if (number == null) {
      return null;
    }
    double value = (Double) number;
    return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.4f" : "%.2f", value);
  }

  private static Object value(Table summary, List<Object> row, String column) {
    return row.get(summary.columns().indexOf(column));
  }
}
