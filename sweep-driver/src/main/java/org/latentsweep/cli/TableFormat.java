package org.latentsweep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.latentsweep.engine.ResultTable;

/** How a table is printed. */
public enum TableFormat {
  /** Aligned text for reading: numbers to the right and, where they are fractions, to 4 digits. */
  TABLE {
    @Override
    public String print(ResultTable table) {
      List<List<String>> lines = new ArrayList<>();
      lines.add(table.columns());
      table.rows().forEach(row -> lines.add(row.stream().map(TableFormat::rounded).toList()));
      int[] widths = new int[table.columns().size()];
      boolean[] right = new boolean[widths.length];
      for (int c = 0; c < widths.length; c++) {
        int column = c;
        widths[c] = lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
        right[c] = table.rows().stream().anyMatch(row -> row.get(column) instanceof Number);
      }
      return lines.stream()
          .map(line -> aligned(line, widths, right) + "\n")
          .collect(Collectors.joining());
    }
  },

  /** RFC 4180 with a header, but that lines end as on Unix; null is empty. */
  CSV {
    @Override
    public String print(ResultTable table) {
      StringBuilder text = new StringBuilder(csv(table.columns()));
      table.rows().forEach(row -> text.append(csv(row)));
      return text.toString();
    }
  },

  /** An array of one object for each row; infinite and undefined numbers are text. */
  JSON {
    @Override
    public String print(ResultTable table) {
      List<Map<String, Object>> objects = new ArrayList<>();
      for (List<Object> row : table.rows()) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int c = 0; c < row.size(); c++) {
          object.put(table.columns().get(c), row.get(c));
        }
        objects.add(object);
      }
      try {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(objects)
            + "\n";
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("Cannot print a table as JSON: " + e.getMessage(), e);
      }
    }
  };

  private static final MathContext SHOWN = new MathContext(4);

  /** The whole table, with a line end. */
  public abstract String print(ResultTable table);

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private static String rounded(Object value) {
    boolean fraction = value instanceof Double || value instanceof Float;
    if (!fraction || !Double.isFinite(((Number) value).doubleValue())) {
      return text(value);
    }
    double number = ((Number) value).doubleValue();
    double size = Math.abs(number);
    if (size >= 1e4 && size < 1e15) {
      return Long.toString(Math.round(number));
    }
    BigDecimal digits = BigDecimal.valueOf(number).round(SHOWN).stripTrailingZeros();
    return number == 0 || size >= 1e-4 && size < 1e15
        ? digits.toPlainString()
        : digits.toString().replace("E", "e");
  }

  private static String aligned(List<String> cells, int[] widths, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      String space = " ".repeat(widths[c] - cells.get(c).length());
      line.append(c == 0 ? "" : "  ");
      line.append(right[c] ? space + cells.get(c) : cells.get(c) + space);
    }
    return line.toString().stripTrailing();
  }

  private static String csv(List<?> values) {
    return values.stream().map(TableFormat::csvCell).collect(Collectors.joining(",")) + "\n";
  }

  private static String csvCell(Object value) {
    String text = text(value);
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
