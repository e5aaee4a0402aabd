package org.latentsweep.table;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.ParquetDecodingException;
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
 * Reads chosen columns of one Parquet file row by row, without a Spark session. Every error names
 * the file. Used by one thread.
 */
public final class TableReader implements Closeable {
  private final Path path;
  private final ParquetReader<Object[]> reader;

  private TableReader(Path path, ParquetReader<Object[]> reader) {
    this.path = path;
    this.reader = reader;
  }

  /** Opens a file of a table, whose columns must have the types of the table's schema. */
  static TableReader open(Storage storage, Table table, Path path, List<String> columns)
      throws IOException {
    MessageType wanted = project(table.fileSchema(), columns);
    MessageType found = schema(storage, path);
    for (Type column : wanted.getFields()) {
      if (!found.containsField(column.getName())) {
        throw new IOException(
            "Cannot read %s: it has no column %s".formatted(Storage.shown(path), column.getName()));
      }
      if (!found.getType(column.getName()).equals(column)) {
        throw new IOException(
            "Cannot read %s: its column is '%s' where '%s' is expected"
                .formatted(Storage.shown(path), found.getType(column.getName()), column));
      }
    }
    return open(storage, path, wanted);
  }

  /** Opens any Parquet file for columns of its own schema. */
  static TableReader open(Storage storage, Path path, MessageType columns) throws IOException {
    try {
      InputFile file = storage.input(storage.status(path));
      return new TableReader(path, new Builder(file, columns).build());
    } catch (IOException | RuntimeException | FSError e) {
      throw Storage.cannotRead(path, e);
    }
  }

  /** The schema of any Parquet file. */
  static MessageType schema(Storage storage, Path path) throws IOException {
    return footer(storage, path).getSchema();
  }

  /** The notes in a file's footer. */
  static Map<String, String> notes(Storage storage, Path path) throws IOException {
    return footer(storage, path).getKeyValueMetaData();
  }

  private static FileMetaData footer(Storage storage, Path path) throws IOException {
    try (ParquetFileReader file =
        ParquetFileReader.open(
            storage.input(storage.status(path)), ParquetReadOptions.builder().build())) {
      return file.getFileMetaData();
    } catch (IOException | RuntimeException | FSError e) {
      throw Storage.cannotRead(path, e);
    }
  }

  static MessageType project(MessageType schema, List<String> columns) {
    return new MessageType(schema.getName(), columns.stream().map(schema::getType).toList());
  }

  /**
   * The next row: values in the order of the columns asked for, of the types that {@link
   * TableWriter#add} takes; null after the last.
   */
  public Object[] next() throws IOException {
    try {
      return reader.read();
    } catch (IOException | RuntimeException | FSError e) {
      throw Storage.cannotRead(path, e);
    }
  }

  /** All that is left. */
  public List<Object[]> rest() throws IOException {
    List<Object[]> rows = new ArrayList<>();
    for (Object[] row = next(); row != null; row = next()) {
      rows.add(row);
    }
    return rows;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static final class Builder extends ParquetReader.Builder<Object[]> {
    private final MessageType columns;

    Builder(InputFile file, MessageType columns) {
      super(file);
      this.columns = columns;
    }

    @Override
    protected ReadSupport<Object[]> getReadSupport() {
      return new Rows(columns);
    }
  }

  private static final class Rows extends ReadSupport<Object[]> {
    private final MessageType columns;

    Rows(MessageType columns) {
      this.columns = columns;
    }

    @Override
    public ReadContext init(InitContext context) {
      return new ReadContext(columns);
    }

    @Override
    public RecordMaterializer<Object[]> prepareForRead(
        Configuration configuration,
        Map<String, String> notes,
        MessageType fileSchema,
        ReadContext context) {
      return new RowMaterializer(columns);
    }
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
      // The row is complete; getCurrentRecord hands it out.
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
      throw new ParquetDecodingException("a boolean where a number belongs");
    }
  }
}
