package org.latentsweep.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.latentsweep.table.RowType;

/**
 * Rows as a reader of a report gets them, in JSON or CSV. They are always made from records.
 *
 * @param columns names
 * @param rows values in the order of the columns: texts, numbers, instants, nulls
 * @param sql the query on the sweep's views that gives the rows; empty if they were computed
 *     otherwise
 */
public record ReportTable(List<String> columns, List<List<Object>> rows, Optional<String> sql) {
  /** Copies the lists. */
  public ReportTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(row -> Collections.unmodifiableList(new ArrayList<>(row))).toList();
  }

  /** Returns the table of rows that a query gave. */
  public static <R extends Record> ReportTable queried(String sql, Class<R> type, List<R> rows) {
    return of(type, rows, Optional.of(sql.strip()));
  }

  /** Returns the table of rows that no single query gives. */
  public static <R extends Record> ReportTable computed(Class<R> type, List<R> rows) {
    return of(type, rows, Optional.empty());
  }

  private static <R extends Record> ReportTable of(
      Class<R> type, List<R> rows, Optional<String> sql) {
    RowType<R> mapping = RowType.of(type);
    return new ReportTable(
        mapping.columns(),
        rows.stream().map(row -> Arrays.asList(mapping.values(row))).toList(),
        sql);
  }

  /**
   * Returns some of the columns, in the order given.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  public ReportTable select(List<String> names) {
    List<Integer> places = names.stream().map(this::place).toList();
    return new ReportTable(
        names,
        rows.stream().map(row -> Arrays.asList(places.stream().map(row::get).toArray())).toList(),
        sql);
  }

  private int place(String column) {
    int place = columns.indexOf(column);
    if (place < 0) {
      throw new IllegalArgumentException(
          "Cannot find column '%s'; there are %s".formatted(column, String.join(", ", columns)));
    }
    return place;
  }
}
