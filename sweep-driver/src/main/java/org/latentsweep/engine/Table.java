package org.latentsweep.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Rows to print.
 *
 * @param columns their names
 * @param rows each with a value for every column: text, a number, a boolean or null
 */
public record Table(List<String> columns, List<List<Object>> rows) {

  /** Copies the rows and checks their lengths. */
  public Table {
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
      copies.add(Collections.unmodifiableList(new ArrayList<>(row))); // List.copyOf takes no null
    }
    rows = List.copyOf(copies);
  }
}
