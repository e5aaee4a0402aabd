package org.latentsweep.table;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Reads some columns of one Parquet file row by row, without a Spark session. Every exception names
 * the file. Not thread-safe.
 */
final class ParquetRows implements Closeable {
  private final Storage storage;
  private final Path path;
  private final ParquetFileReader file;
  private final MessageColumnIO columns;
  private final RowMaterializer materializer;
  private RecordReader<Object[]> rows;
  private long rowsLeft; // in the current row group

  private ParquetRows(Storage storage, Path path, ParquetFileReader file, MessageType columns) {
    this.storage = storage;
    this.path = path;
    this.file = file;
    FileMetaData footer = file.getFileMetaData();
    file.setRequestedSchema(columns);
    this.columns =
        new ColumnIOFactory(footer.getCreatedBy()).getColumnIO(columns, footer.getSchema());
    this.materializer = new RowMaterializer(columns);
  }

  /** A choice of the columns to read. */
  interface Projection {
    /** Returns the columns to read of a file with that schema. */
    MessageType of(MessageType schema) throws IOException;
  }

  /**
   * Returns the wanted columns, after checking that the file has them with the same types.
   *
   * @throws DamagedFileException if it does not
   */
  static MessageType checked(Path path, MessageType found, MessageType wanted) throws IOException {
    for (Type column : wanted.getFields()) {
      if (!found.containsField(column.getName())) {
        throw new DamagedFileException(path, "it has no column " + column.getName(), null);
      }
      if (!found.getType(column.getName()).equals(column)) {
        throw new DamagedFileException(
            path,
            String.format(
                Locale.ROOT,
                "its column is '%s' where '%s' is expected",
                found.getType(column.getName()),
                column),
            null);
      }
    }
    return wanted;
  }

  /**
   * Opens any Parquet file.
   *
   * @throws DamagedFileException if its content is not Parquet, or the projection rejects it
   * @throws IOException if the file system cannot read it
   */
  static ParquetRows open(Storage storage, Path path, Projection projection) throws IOException {
    ParquetFileReader file = openFile(storage, path, FilterCompat.NOOP);
    try {
      MessageType schema = file.getFileMetaData().getSchema();
      return new ParquetRows(storage, path, file, projection.of(schema));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Opens a file, of which the reader may skip row groups and pages that the filter rejects. */
  static ParquetFileReader openFile(Storage storage, Path path, FilterCompat.Filter filter)
      throws IOException {
    try {
      return ParquetFileReader.open(
          ParquetStorage.input(storage, storage.status(path)),
          HadoopReadOptions.builder(storage.configuration()).withRecordFilter(filter).build());
    } catch (IOException | RuntimeException | FSError e) {
      throw ParquetStorage.cannotDecode(storage, path, e);
    }
  }

  /** Returns the part of a schema with only these columns. */
  static MessageType project(MessageType schema, List<String> columns) {
    return new MessageType(schema.getName(), columns.stream().map(schema::getType).toList());
  }

  /**
   * Returns the values of the next row in the order of the requested columns, of the types that
   * {@link RowType#values} returns; null after the last row.
   *
   * @throws DamagedFileException if the content is not sound
   * @throws IOException if the file system cannot read the file
   */
  Object[] next() throws IOException {
    try {
      while (rowsLeft == 0) {
        PageReadStore group = file.readNextRowGroup();
        if (group == null) {
          return null;
        }
        rowsLeft = group.getRowCount();
        rows = columns.getRecordReader(group, materializer);
      }
      rowsLeft--;
      return rows.read();
    } catch (IOException | RuntimeException | FSError e) {
      throw ParquetStorage.cannotDecode(storage, path, e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static final class RowMaterializer extends RecordMaterializer<Object[]> {
    private final RowConverter converter;

    RowMaterializer(MessageType columns) {
      this.converter = new RowConverter(columns);
    }

    @Override
    public Object[] getCurrentRecord() {
      return converter.row;
    }

    @Override
    public GroupConverter getRootConverter() {
      return converter;
    }
  }

  private static final class RowConverter extends GroupConverter {
    private final Value[] values;
    private Object[] row;

    RowConverter(MessageType columns) {
      this.values = new Value[columns.getFieldCount()];
      for (int c = 0; c < values.length; c++) {
        values[c] = new Value(this, c, columns.getType(c).asPrimitiveType());
      }
    }

    @Override
    public Converter getConverter(int c) {
      return values[c];
    }

    @Override
    public void start() {
      row = new Object[values.length];
    }

    @Override
    public void end() {
      // getCurrentRecord returns the row.
    }
  }

  private static final class Value extends PrimitiveConverter {
    private final RowConverter owner;
    private final int c;
    private final boolean text;
    private final boolean instant;
    private Object[] dictionary;

    Value(RowConverter owner, int c, PrimitiveType type) {
      this.owner = owner;
      this.c = c;
      this.text = type.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation;
      this.instant = type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation;
    }

    @Override
    public boolean hasDictionarySupport() {
      return text;
    }

    @Override
    public void setDictionary(Dictionary values) {
      dictionary = new Object[values.getMaxId() + 1];
      for (int id = 0; id < dictionary.length; id++) {
        dictionary[id] = values.decodeToBinary(id).toStringUsingUTF8();
      }
    }

    @Override
    public void addValueFromDictionary(int id) {
      owner.row[c] = dictionary[id];
    }

    @Override
    public void addBinary(Binary value) {
      owner.row[c] = text ? value.toStringUsingUTF8() : value.getBytes();
    }

    @Override
    public void addInt(int value) {
      owner.row[c] = value;
    }

    @Override
    public void addLong(long value) {
      if (instant) {
        owner.row[c] = Instant.EPOCH.plus(value, ChronoUnit.MICROS);
      } else {
        owner.row[c] = value;
      }
    }

    @Override
    public void addFloat(float value) {
      owner.row[c] = value;
    }

    @Override
    public void addDouble(double value) {
      owner.row[c] = value;
    }

    @Override
    public void addBoolean(boolean value) {
      throw new ParquetDecodingException("found a boolean where a number is expected");
    }
  }
}
