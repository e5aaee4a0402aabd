package org.latentsweep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.latentsweep.table.RowType;

/**
 * A table to print.
 *
 * @param columns names of the columns
 * @param rows one list for each row, with a value for every column: text, a number, a boolean, a
 *     list or map of such values, or null
 */
public record ResultTable(List<String> columns, List<List<Object>> rows) {

  /** Copies the rows and checks that each has a value for every column. */
  public ResultTable {
    columns = List.copyOf(columns);
    List<List<Object>> copies = new ArrayList<>(rows.size());
    for (List<Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "Cannot make a table: a row has "
                + row.size()
                + " values for "
                + columns.size()
                + " columns");
      }
      copies.add(Collections.unmodifiableList(new ArrayList<>(row))); // List.copyOf rejects null
    }
    rows = List.copyOf(copies);
  }

  /** Returns the table of some rows, whose columns are those of their type. */
  public static <R extends Record> ResultTable of(RowType<R> type, List<R> rows) {
    return new ResultTable(
        type.columns(), rows.stream().map(row -> Arrays.asList(type.values(row))).toList());
  }
}
