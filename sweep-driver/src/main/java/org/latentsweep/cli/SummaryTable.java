package org.latentsweep.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.table.SummaryRow;
import org.latentsweep.table.WordWrap;

/** Converts the {@code summary} table for people: the headline and diagnosis of each grid cell. */
final class SummaryTable {
  /** Characters in a line of diagnoses. Chosen by judgement: it fits most terminals. */
  private static final int WIDTH = 110;

  private static final String SPACE = "  "; // between columns

  /** Smaller numbers would show four zeros, and perhaps a minus sign. */
  private static final double ROUNDED_TO_ZERO = 5e-5;

  private static final List<String> METRICS =
      List.of(
          SmoothedDivergences.KL_SKEW,
          SmoothedDivergences.KL_FORWARD,
          SmoothedDivergences.KL_REVERSE);

  /** A grid cell. Two cells that show the same values still have different hashes. */
  private record CellKey(String target, int k, String variant, String configHash) {
    static CellKey of(SummaryRow row) {
      return new CellKey(row.target(), row.latentDim(), row.variant(), row.configHash());
    }

    List<Object> shown(boolean varied) {
      return varied ? List.of(target, k, variant) : List.of(target, k);
    }
  }

  private final Map<CellKey, List<SummaryRow>> cells = new LinkedHashMap<>();
  private final List<String> shown; // those of METRICS that were measured
  private final boolean varied; // whether some cells differ in more than target and k

  /** Groups the rows of {@code summary} by their cells. */
  SummaryTable(List<SummaryRow> summary) {
    for (SummaryRow row : summary) {
      cells.computeIfAbsent(CellKey.of(row), key -> new ArrayList<>()).add(row);
    }
    shown =
        METRICS.stream()
            .filter(name -> summary.stream().anyMatch(row -> name.equals(row.metric())))
            .toList();
    varied = summary.stream().anyMatch(row -> !row.variant().isEmpty());
  }

  private List<String> keyColumns() {
    return varied ? List.of("target", "k", "variant") : List.of("target", "k");
  }

  /** Returns a row for each grid cell with a column for each metric. */
  ResultTable wide() {
    List<String> columns = new ArrayList<>(keyColumns());
    columns.addAll(List.of("diverged", "failed"));
    shown.forEach(name -> columns.addAll(List.of(name, "floor")));
    List<List<Object>> rows = new ArrayList<>();
    cells.forEach((key, metrics) -> rows.add(row(key.shown(varied), metrics)));
    return new ResultTable(columns, rows);
  }

  private List<Object> row(List<Object> key, List<SummaryRow> metrics) {
    SummaryRow headline =
        shown.stream()
            .flatMap(name -> ofMetric(name, metrics).stream())
            .findFirst()
            .orElse(metrics.get(0));
    List<Object> row = new ArrayList<>(key);
    row.addAll(List.of(headline.diverged(), headline.failed()));
    for (String name : shown) {
      Optional<SummaryRow> metric = ofMetric(name, metrics);
      row.add(metric.map(SummaryTable::interval).orElse(null));
      row.add(metric.map(SummaryRow::floor).map(SummaryTable::rounded).orElse(null));
    }
    return row;
  }

  private static Optional<SummaryRow> ofMetric(String name, List<SummaryRow> metrics) {
    return metrics.stream().filter(row -> name.equals(row.metric())).findFirst();
  }

  /** Says what the numbers of {@link #wide} are. */
  String caption() {
    SortedMap<Long, Double> confidences = new TreeMap<>(); // by number of runs
    cells.values().stream()
        .flatMap(List::stream)
        .filter(row -> row.medianConfidence() != null && shown.contains(row.metric()))
        .forEach(row -> confidences.put(row.counted(), row.medianConfidence()));
    String held =
        confidences.entrySet().stream()
            .map(
                e ->
                    String.format(
                        Locale.ROOT, "%s%% for %s runs", percent(e.getValue()), e.getKey()))
            .collect(Collectors.joining(", "));
    return "KL_h in nats: median over seeds"
        + (held.isEmpty() ? "" : " [interval that holds it with a confidence of " + held + "]")
        + ", worst run, runs with a finite value of all (a run that diverged or failed counts as"
        + " infinite); kl_skew is at most 4.61; floor: what the target itself gets";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share).replaceFirst("[.]0$", "");
  }

  private static String interval(SummaryRow row) {
    if (row.median() == null) {
      return null;
    }
    String count = String.format(Locale.ROOT, "%s of %s", row.finite(), row.counted());
    return row.medianLow() == null
        ? String.format(Locale.ROOT, "%s, %s", rounded(row.median()), count)
        : String.format(
            Locale.ROOT,
            "%s [%s, %s] worst %s, %s",
            rounded(row.median()),
            rounded(row.medianLow()),
            rounded(row.medianHigh()),
            rounded(row.worst()),
            count);
  }

  /** Writes three decimals, and fewer above 1; four below 0.01. */
  private static String rounded(double value) {
    double size = Math.abs(value);
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinite" : "-infinite";
    }
    if (size < ROUNDED_TO_ZERO) {
      return "0";
    }
    String format = size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : size >= 0.01 ? "%.3f" : "%.4f";
    return String.format(Locale.ROOT, format, value);
  }

  /** Returns the diagnosis of each grid cell, broken into lines. */
  ResultTable diagnoses() {
    List<String> columns = new ArrayList<>(keyColumns());
    List<List<Object>> keys = cells.keySet().stream().map(key -> key.shown(varied)).toList();
    int width = WIDTH;
    for (int c = 0; c < columns.size(); c++) {
      width -= width(columns.get(c), c, keys) + SPACE.length();
    }
    columns.add("diagnosis");
    List<List<Object>> rows = new ArrayList<>();
    for (Map.Entry<CellKey, List<SummaryRow>> cell : cells.entrySet()) {
      String diagnosis = cell.getValue().get(0).diagnosis(); // the same in each row of the cell
      if (diagnosis != null) {
        addLines(cell.getKey().shown(varied), diagnosis, width, rows);
      }
    }
    return new ResultTable(columns, rows);
  }

  private static int width(String column, int c, List<List<Object>> keys) {
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
}
