package org.latentsweep.table;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.latentsweep.metric.PointsCheck;

/**
 * Points in a local file that another program wrote: Parquet, or comma-separated values with a
 * header, with columns x and, in two dimensions, y. Other columns are ignored.
 */
public final class SampleFile {
  private static final List<String> COORDINATES = List.of("x", "y");
  private static final int SHOWN = 3;

  private final Path path;
  private final List<String> wanted;
  private final Map<String, List<Long>> badRows = new LinkedHashMap<>();
  private float[] points = new float[1 << 12];
  private int size;
  private long rows;

  private SampleFile(Path path, int dimensions) {
    this.path = path;
    this.wanted = COORDINATES.subList(0, dimensions);
  }

  /**
   * Reads all points of a file.
   *
   * @param path ends in .csv or .parquet
   * @param dimensions d: 1 or 2
   * @return row-major [n, d], all finite
   * @throws IllegalArgumentException naming everything that is wrong with the file
   * @throws IOException if it cannot be read
   */
  public static float[] read(Path path, int dimensions) throws IOException {
    return new SampleFile(path, dimensions).read();
  }

  private float[] read() throws IOException {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".csv") && !name.endsWith(".parquet")) {
      throw wrong("its name must end in .csv or .parquet");
    }
    if (!Files.isRegularFile(path)) {
      throw wrong(Files.exists(path) ? "it is no regular file" : "there is no such file");
    }
    if (name.endsWith(".csv")) {
      readCsv();
    } else {
      readParquet();
    }
    checkRows(name.endsWith(".csv") ? "line" : "row");
    return Arrays.copyOf(points, size);
  }

  private IllegalArgumentException wrong(String problem) {
    return new IllegalArgumentException("Cannot read samples from %s: %s".formatted(path, problem));
  }

  private void readCsv() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setLineSeparatorDetectionEnabled(true);
    CsvParser parser = new CsvParser(settings);
    try {
      parser.beginParsing(path.toFile(), StandardCharsets.UTF_8);
      String[] header = parser.parseNext();
      int[] columns = columns(header == null ? List.of() : Arrays.asList(header));
      for (String[] row = parser.parseNext(); row != null; row = parser.parseNext()) {
        rows++;
        for (int j = 0; j < columns.length; j++) {
          add(wanted.get(j), parse(row, columns[j]), parser.getContext().currentLine());
        }
      }
    } catch (TextParsingException e) {
      throw wrong("it is no CSV: " + e.getMessage().lines().findFirst().orElse("unreadable"));
    } finally {
      parser.stopParsing();
    }
  }

  private int[] columns(List<String> found) {
    checkColumns(found);
    return wanted.stream().mapToInt(found::indexOf).toArray();
  }

  private void checkColumns(List<String> found) {
    List<String> missing = wanted.stream().filter(name -> !found.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw wrong(
          "it has no column %s; its columns are %s"
              .formatted(
                  String.join(", ", missing),
                  found.isEmpty()
                      ? "none"
                      : found.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    }
  }

  /** Null where there is no number. */
  private static Double parse(String[] row, int column) {
    if (column >= row.length || row[column] == null) {
      return null;
    }
    try {
      return Double.valueOf(row[column]);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private void readParquet() throws IOException {
    Storage storage = new Storage(new org.apache.hadoop.fs.Path(path.toUri()), new Configuration());
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(path.toUri());
    try (ParquetRows reader = ParquetRows.open(storage, file, this::coordinates)) {
      for (Object[] row = reader.next(); row != null; row = reader.next()) {
        rows++;
        for (int j = 0; j < row.length; j++) {
          add(wanted.get(j), row[j] == null ? null : ((Number) row[j]).doubleValue(), rows);
        }
      }
    }
  }

  private MessageType coordinates(MessageType schema) {
    checkColumns(schema.getFields().stream().map(Type::getName).toList());
    MessageType columns = ParquetRows.project(schema, wanted);
    checkTypes(columns);
    return columns;
  }

  private void checkTypes(MessageType columns) {
    List<String> problems = new ArrayList<>();
    for (Type column : columns.getFields()) {
      if (!column.isPrimitive()
          || column.isRepetition(Type.Repetition.REPEATED)
          || !isReal(column.asPrimitiveType().getPrimitiveTypeName())) {
        problems.add("column '%s' is no float or double".formatted(column));
      }
    }
    if (!problems.isEmpty()) {
      throw wrong(String.join("; ", problems));
    }
  }

  private static boolean isReal(PrimitiveTypeName type) {
    return type == PrimitiveTypeName.FLOAT || type == PrimitiveTypeName.DOUBLE;
  }

  private void add(String column, Double value, long at) {
    if (value == null) {
      bad(column + " is no number", at);
    } else if (value.isNaN()) {
      bad(column + " is NaN", at);
    } else if (Float.isInfinite(value.floatValue())) {
      bad(column + " is infinite or over 3.4e38", at);
    }
    if (size == points.length) {
      points = Arrays.copyOf(points, 2 * size);
    }
    points[size++] = value == null ? Float.NaN : value.floatValue();
  }

  private void bad(String what, long at) {
    badRows.computeIfAbsent(what, key -> new ArrayList<>()).add(at);
  }

  private void checkRows(String unit) {
    List<String> problems = new ArrayList<>();
    badRows.forEach((what, at) -> problems.add(what + " in " + unit + " " + few(at)));
    if (rows < PointsCheck.MIN_POINTS) {
      problems.add("it holds %d points, and %d are needed".formatted(rows, PointsCheck.MIN_POINTS));
    }
    if (!problems.isEmpty()) {
      throw wrong(String.join("; ", problems));
    }
  }

  private static String few(List<Long> rows) {
    String shown =
        rows.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    return rows.size() > SHOWN ? shown + " and " + (rows.size() - SHOWN) + " more" : shown;
  }
}
