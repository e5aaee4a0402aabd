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
 * Reads points from a local file that another program wrote: Parquet, or comma-separated values
 * with a header. The coordinates are in the columns x and, in two dimensions, y. Other columns are
 * ignored.
 */
public final class SampleFile {
  /** Rows of a kind that a message lists, chosen by judgement: enough to find the cause. */
  private static final int MAX_ROWS_LISTED = 3;

  private static final List<String> COORDINATES = List.of("x", "y");

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
   * @param path the file, whose name ends in .csv or .parquet
   * @param dimensions the dimensions d, 1 or 2
   * @return the points, row-major [n, d], all finite
   * @throws IllegalArgumentException if the file cannot be used; the message lists all problems
   * @throws IOException if the file cannot be read
   */
  public static float[] read(Path path, int dimensions) throws IOException {
    return new SampleFile(path, dimensions).read();
  }

  private float[] read() throws IOException {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".csv") && !name.endsWith(".parquet")) {
      throw unusable("its name must end in .csv or .parquet");
    }
    if (!Files.isRegularFile(path)) {
      throw unusable(Files.exists(path) ? "it is no regular file" : "there is no such file");
    }
    if (name.endsWith(".csv")) {
      readCsv();
    } else {
      readParquet();
    }
    checkRows(name.endsWith(".csv") ? "line" : "row");
    return Arrays.copyOf(points, size);
  }

  private IllegalArgumentException unusable(String problem) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "Cannot read samples from %s: %s", path, problem));
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
      throw unusable("it is no CSV: " + e.getMessage().lines().findFirst().orElse("unreadable"));
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
      throw unusable(
          String.format(
              Locale.ROOT,
              "it has no column %s; its columns are %s",
              String.join(", ", missing),
              found.isEmpty()
                  ? "none"
                  : found.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    }
  }

  /** Returns the number in a column of a row; null if there is none. */
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
        problems.add(String.format(Locale.ROOT, "column '%s' is no float or double", column));
      }
    }
    if (!problems.isEmpty()) {
      throw unusable(String.join("; ", problems));
    }
  }

  private static boolean isReal(PrimitiveTypeName type) {
    return type == PrimitiveTypeName.FLOAT || type == PrimitiveTypeName.DOUBLE;
  }

  private void add(String column, Double value, long at) {
    if (value == null) {
      addBadRow(column + " is no number", at);
    } else if (value.isNaN()) {
      addBadRow(column + " is NaN", at);
    } else if (Float.isInfinite(value.floatValue())) {
      addBadRow(column + " is infinite or over 3.4e38", at);
    }
    if (size == points.length) {
      points = Arrays.copyOf(points, 2 * size);
    }
    points[size++] = value == null ? Float.NaN : value.floatValue();
  }

  private void addBadRow(String problem, long at) {
    badRows.computeIfAbsent(problem, key -> new ArrayList<>()).add(at);
  }

  private void checkRows(String unit) {
    List<String> problems = new ArrayList<>();
    badRows.forEach(
        (problem, at) ->
            problems.add(problem + " in " + unit + " " + ErrorText.list(at, MAX_ROWS_LISTED)));
    if (rows < PointsCheck.MIN_POINTS) {
      problems.add(
          String.format(
              Locale.ROOT, "it holds %d points, and %d are needed", rows, PointsCheck.MIN_POINTS));
    }
    if (!problems.isEmpty()) {
      throw unusable(String.join("; ", problems));
    }
  }
}
