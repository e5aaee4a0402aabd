package org.latentsweep.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table to print.
 *
 * @param columns names of the columns
 * @param rows one list for each row, with a value for every column: text, a number, a boolean or
 *     null
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
}
