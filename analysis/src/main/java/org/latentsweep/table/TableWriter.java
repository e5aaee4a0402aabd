package org.latentsweep.table;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Writes one file of a table. Rows are written to a temporary file, which {@link #finish} completes
 * and {@link #publish} renames to its destination. If the writer is closed before that, it deletes
 * the temporary file. Every exception names the file. Not thread-safe.
 *
 * @param <R> the class of the rows
 */
public final class TableWriter<R extends Record> implements Closeable {
  /**
   * Chosen by judgement: a task writes four files at a time, each of which buffers about one row
   * group in memory, and should need far less than a gigabyte for them.
   */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final Storage storage;
  private final Path temporary;
  private final Path destination;
  private final RowType<R> type;
  private final RowWriteSupport rows;
  private final ParquetWriter<Object[]> writer;
  private boolean finished;
  private boolean published;

  /**
   * Creates the temporary file.
   *
   * @param temporary the path of the temporary file
   * @param destination the path of the file after {@link #publish}
   * @throws IOException if the file cannot be created
   */
  public TableWriter(Storage storage, Table<R> table, Path temporary, Path destination)
      throws IOException {
    this.storage = storage;
    this.temporary = temporary;
    this.destination = destination;
    this.type = table.rowType();
    this.rows = new RowWriteSupport(table.fileSchema());
    try {
      this.writer =
          new Builder(ParquetStorage.output(storage, temporary), rows)
              .configured(storage, table)
              .build();
    } catch (IOException | FSError e) {
      storage.delete(temporary);
      throw Storage.cannotWrite(temporary, e);
    }
  }

  /**
   * Appends a row.
   *
   * @throws IllegalArgumentException if a component that is not {@link Nullable} is null
   * @throws IOException if the file cannot be written
   */
  public void add(R row) throws IOException {
    try {
      writer.write(type.values(row));
    } catch (IOException | FSError e) {
      throw Storage.cannotWrite(temporary, e);
    }
  }

  /**
   * Completes the temporary file.
   *
   * @param notes texts by key, which are stored in the file's footer
   * @throws IOException if the file cannot be written
   */
  public void finish(Map<String, String> notes) throws IOException {
    rows.notes.putAll(notes);
    finished = true;
    try {
      writer.close();
    } catch (IOException | FSError e) {
      throw Storage.cannotWrite(temporary, e);
    }
  }

  /**
   * Renames the finished file to its destination, and replaces any file there.
   *
   * @throws IOException if the file cannot be renamed
   */
  public void publish() throws IOException {
    storage.createFolder(destination.getParent());
    storage.moveOver(temporary, destination);
    published = true;
  }

  /** Deletes the temporary file unless it was published. */
  @Override
  public void close() throws IOException {
    if (published) {
      return;
    }
    if (!finished) {
      finished = true;
      try {
        writer.close();
      } catch (IOException | RuntimeException | FSError ignored) {
        // The file is deleted below, and the call that failed to write has thrown already.
      }
    }
    storage.delete(temporary);
  }

  private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
    private final RowWriteSupport rows;

    Builder(OutputFile file, RowWriteSupport rows) {
      super(file);
      this.rows = rows;
    }

    Builder configured(Storage storage, Table<?> table) {
      withConf(storage.configuration());
      withCompressionCodec(CompressionCodecName.ZSTD);
      // Its delta encoding stores consecutive numbers in almost no space.
      withWriterVersion(WriterVersion.PARQUET_2_0);
      withRowGroupSize(ROW_GROUP_BYTES);
      if (table == Table.SAMPLES) {
        List.of("i", "x", "y").forEach(column -> withDictionaryEncoding(column, false));
      }
      if (table == Table.GENERATORS) {
        // By default the writer checks the size of its buffers every hundred rows. A hundred
        // archives can be hundreds of megabytes.
        withMinRowCountForPageSizeCheck(1);
        withMaxRowCountForPageSizeCheck(1);
        withDictionaryEncoding("archive", false);
      }
      return this;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Object[]> getWriteSupport(Configuration configuration) {
      return rows;
    }
  }

  private static final class RowWriteSupport extends WriteSupport<Object[]> {
    private final MessageType schema;
    private final Map<String, String> notes = new HashMap<>();
    private final String[] lastText;
    private final Binary[] lastBinary;
    private RecordConsumer consumer;

    RowWriteSupport(MessageType schema) {
      this.schema = schema;
      this.lastText = new String[schema.getFieldCount()];
      this.lastBinary = new Binary[schema.getFieldCount()];
    }

    @Override
    public WriteContext init(Configuration configuration) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public FinalizedWriteContext finalizeWrite() {
      return new FinalizedWriteContext(notes);
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      this.consumer = recordConsumer;
    }

    @Override
    public void write(Object[] row) {
      consumer.startMessage();
      for (int c = 0; c < row.length; c++) {
        if (row[c] != null) {
          PrimitiveType type = schema.getType(c).asPrimitiveType();
          consumer.startField(type.getName(), c);
          addValue(c, type, row[c]);
          consumer.endField(type.getName(), c);
        }
      }
      consumer.endMessage();
    }

    private void addValue(int c, PrimitiveType type, Object value) {
      switch (type.getPrimitiveTypeName()) {
        case INT32 -> consumer.addInteger((Integer) value);
        case INT64 -> consumer.addLong(value instanceof Instant at ? micros(at) : (Long) value);
        case FLOAT -> consumer.addFloat((Float) value);
        case DOUBLE -> consumer.addDouble((Double) value);
        case BINARY -> consumer.addBinary(binary(c, value));
        default -> throw new IllegalStateException("Cannot write a column of type " + type);
      }
    }

    private static long micros(Instant at) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /** Keeps the last text of a column encoded, because consecutive rows mostly hold the same. */
    private Binary binary(int c, Object value) {
      if (!(value instanceof String text)) {
        return Binary.fromConstantByteArray((byte[]) value);
      }
      if (!text.equals(lastText[c])) {
        lastText[c] = text;
        lastBinary[c] = Binary.fromString(text);
      }
      return lastBinary[c];
    }
  }
}
