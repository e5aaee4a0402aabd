package org.latentsweep.cell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Rows with named columns, as a figure or a report shows them.
 *
 * @param columns names
 * @param rows values in the order of the columns: texts, numbers, times, null
 * @param sql the query on the sweep's views that gives them; empty where code computed them
 */
public record ReportTable(List<String> columns, List<List<Object>> rows, Optional<String> sql) {
  public ReportTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(row -> Collections.unmodifiableList(new ArrayList<>(row))).toList();
  }

  /** Rows that no single query gives. */
  public static ReportTable computed(List<String> columns, List<List<Object>> rows) {
    return new ReportTable(columns, rows, Optional.empty());
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  private int place(String column) {
    int place = columns.indexOf(column);
    if (place < 0) {
      throw new IllegalArgumentException(
          "Cannot find column '%s'; there are %s".formatted(column, String.join(", ", columns)));
    }
    return place;
  }

  public Object value(List<Object> row, String column) {
    return row.get(place(column));
  }

  public String text(List<Object> row, String column) {
    return String.valueOf(value(row, column));
  }

  /** A column's number; NaN where there is none. */
  public double number(List<Object> row, String column) {
    return value(row, column) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  public int whole(List<Object> row, String column) {
    return ((Number) value(row, column)).intValue();
  }
}
