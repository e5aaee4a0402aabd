package org.latentsweep.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Rows with named columns, as the data of a figure or a table of a report. They are always made
 * from records.
 *
 * @param columns the names of the columns
 * @param rows the values of each row in the order of the columns: texts, numbers, instants, nulls
 * @param sql the query on the sweep's views that gives the rows; empty if they were computed
 *     otherwise
 */
public record NamedColumns(List<String> columns, List<List<Object>> rows, Optional<String> sql) {
  /** Copies the lists. */
  public NamedColumns {
    columns = List.copyOf(columns);
    rows = rows.stream().map(row -> Collections.unmodifiableList(new ArrayList<>(row))).toList();
  }

  /** Returns the table of rows that a query gave. */
  public static <R extends Record> NamedColumns queried(String sql, Class<R> type, List<R> rows) {
    return of(type, rows, Optional.of(sql.strip()));
  }

  /** Returns the table of rows that no single query gives. */
  public static <R extends Record> NamedColumns computed(Class<R> type, List<R> rows) {
    return of(type, rows, Optional.empty());
  }

  private static <R extends Record> NamedColumns of(
      Class<R> type, List<R> rows, Optional<String> sql) {
    RowType<R> mapping = RowType.of(type);
    return new NamedColumns(
        mapping.columns(),
        rows.stream().map(row -> Arrays.asList(mapping.values(row))).toList(),
        sql);
  }

  /**
   * Returns some of the columns, in the order given.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  public NamedColumns select(List<String> names) {
    List<Integer> places = names.stream().map(this::place).toList();
    return new NamedColumns(
        names,
        rows.stream().map(row -> Arrays.asList(places.stream().map(row::get).toArray())).toList(),
        sql);
  }

  private int place(String column) {
    int place = columns.indexOf(column);
    if (place < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot find column '%s'; there are %s",
              column,
              String.join(", ", columns)));
    }
    return place;
  }
}
