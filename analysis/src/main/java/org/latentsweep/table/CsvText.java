package org.latentsweep.table;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes rows as comma-separated values: RFC 4180 with a header, except that lines end with a
 * single line feed. Null is empty.
 */
public final class CsvText {
  private CsvText() {}

  /** Returns the header and the rows. */
  public static String of(List<String> columns, List<? extends List<?>> rows) {
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
