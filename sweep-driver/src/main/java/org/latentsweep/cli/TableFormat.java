package org.latentsweep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.latentsweep.engine.ResultTable;
import org.latentsweep.sweep.PrintableText;
import org.latentsweep.table.CsvText;

/** The formats in which tables are printed. */
public enum TableFormat {
  /** Aligned text for people: numbers to the right, and fractions with 4 digits. */
  TABLE {
    @Override
    public String print(ResultTable table) {
      List<List<String>> lines = new ArrayList<>();
      lines.add(table.columns().stream().map(PrintableText::of).toList());
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

  /** Comma-separated values with a header; null is empty. */
  CSV {
    @Override
    public String print(ResultTable table) {
      List<? extends List<?>> rows =
          table.rows().stream()
              .map(row -> row.stream().map(TableFormat::withoutStructure).toList())
              .toList();
      return CsvText.of(table.columns(), rows);
    }
  },

  /** An array with an object for each row; infinite and undefined numbers are strings. */
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
      return json(MAPPER.writerWithDefaultPrettyPrinter(), objects) + "\n";
    }
  };

  private static final MathContext DIGITS = new MathContext(4);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Returns the whole table as text that ends with a line feed. */
  public abstract String print(ResultTable table);

  /** Returns the name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String json(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot print a table as JSON: " + e.getMessage(), e);
    }
  }

  /** Returns a list or a map as JSON, and any other value as it is. */
  private static Object withoutStructure(Object value) {
    return value instanceof List || value instanceof Map ? json(MAPPER.writer(), value) : value;
  }

  private static String text(Object value) {
    return value == null ? "" : PrintableText.of(withoutStructure(value).toString());
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
    BigDecimal digits = BigDecimal.valueOf(number).round(DIGITS).stripTrailingZeros();
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
}
