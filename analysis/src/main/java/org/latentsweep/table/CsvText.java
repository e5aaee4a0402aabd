package org.latentsweep.table;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Tables as text by RFC 4180, with a header, except that lines end with a line feed alone. A null
 * is an empty field.
 */
public final class CsvText {
  private CsvText() {}

  /**
   * Returns the text of a table.
   *
   * @param columns their names
   * @param rows values in the order of the columns
   */
  public static String of(List<String> columns, Iterable<? extends List<?>> rows) {
    StringBuilder text = new StringBuilder(line(columns));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<?> values) {
    return values.stream().map(CsvText::field).collect(Collectors.joining(",")) + "\n";
  }

  private static String field(Object value) {
    String text = value == null ? "" : value.toString();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
