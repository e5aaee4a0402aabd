package org.latentsweep.table;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** Reads points from Parquet, in columns of floats, doubles or decimals. */
final class ParquetSamples {
  private final SamplePoints points;
  private MessageType columns; // of the coordinates

  private ParquetSamples(SamplePoints points) {
    this.points = points;
  }

  /**
   * Reads a file.
   *
   * @param unit the start of the place of a row
   * @throws IllegalArgumentException if it is no such file
   * @throws IOException if the file system fails
   */
  static void read(Path path, SamplePoints points, String unit) throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(path.toUri());
    Storage storage = new Storage(file, new Configuration());
    String name = path.getFileName().toString();
    if (!ParquetStorage.hasEnd(storage, storage.status(file))) {
      throw points.unusable(name + " does not end as a Parquet file does");
    }
    try {
      new ParquetSamples(points).read(storage, file, unit);
    } catch (DamagedFileException | OutOfMemoryError e) { // damaged lengths can be huge
      throw points.unusable(name + " is no sound Parquet file: its content cannot be decoded");
    }
  }

  private void read(Storage storage, org.apache.hadoop.fs.Path file, String unit)
      throws IOException {
    try (ParquetRows reader = ParquetRows.open(storage, file, this::coordinates)) {
      long at = 0;
      for (Object[] row = reader.next(); row != null; row = reader.next()) {
        at++;
        points.startRow();
        for (int j = 0; j < row.length; j++) {
          Double value = number(row[j], columns.getType(j));
          points.add(j, value, value == null ? null : value.toString(), unit + " " + at);
        }
      }
    }
  }

  private MessageType coordinates(MessageType schema) {
    points.places(schema.getFields().stream().map(Type::getName).toList());
    columns = ParquetRows.project(schema, points.columns());
    List<String> problems = new ArrayList<>();
    for (Type column : columns.getFields()) {
      if (!isNumber(column)) {
        problems.add(
            String.format(Locale.ROOT, "column '%s' is no float, double or decimal", column));
      }
    }
    if (!problems.isEmpty()) {
      throw points.unusable(String.join("; ", problems));
    }
    return columns;
  }

  private static boolean isNumber(Type column) {
    if (!column.isPrimitive() || column.isRepetition(Type.Repetition.REPEATED)) {
      return false;
    }
    PrimitiveTypeName type = column.asPrimitiveType().getPrimitiveTypeName();
    return type == PrimitiveTypeName.FLOAT
        || type == PrimitiveTypeName.DOUBLE
        || column.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation;
  }

  /** Returns the number that a value of a column stands for; null if there is none. */
  private static Double number(Object value, Type column) {
    if (value == null) {
      return null;
    }
    if (!(column.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal)) {
      return ((Number) value).doubleValue();
    }
    BigInteger unscaled =
        value instanceof byte[] bytes
            ? new BigInteger(bytes)
            : BigInteger.valueOf(((Number) value).longValue());
    return new BigDecimal(unscaled, decimal.getScale()).doubleValue();
  }
}
