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
 * Writes one file of a table: rows go to a temporary file, {@link #finish} completes it, {@link
 * #publish} renames it to its place, over what is there. Closing it before that leaves nothing.
 * Every error names the file. Used by one thread.
 */
public final class TableWriter<R extends Record> implements Closeable {
  /** Small enough that a task with three of them open stays far under a gigabyte. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final Storage storage;
  private final Path temporary;
  private final Path destination;
  private final RowType<R> type;
  private final Rows rows;
  private final ParquetWriter<Object[]> writer;
  private boolean finished;
  private boolean published;

  public TableWriter(Storage storage, Table<R> table, Path temporary, Path destination)
      throws IOException {
    this.storage = storage;
    this.temporary = temporary;
    this.destination = destination;
    this.type = table.rowType();
    this.rows = new Rows(table.fileSchema());
    try {
      this.writer = new Builder(storage.output(temporary), rows).configured(storage, table).build();
    } catch (IOException | FSError e) {
      storage.delete(temporary);
      throw Storage.cannotWrite(temporary, e);
    }
  }

  /**
   * Appends a row.
   *
   * @throws IllegalArgumentException if a component is null that must not be
   */
  public void add(R row) throws IOException {
    try {
      writer.write(type.values(row));
    } catch (IOException | FSError e) {
      throw Storage.cannotWrite(temporary, e);
    }
  }

  /**
   * Writes the rest, the notes and the footer, after which the temporary file is complete.
   *
   * @param notes kept in the file's footer
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

  /** Renames the finished file to its place. */
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
        // What could not be written is deleted below, and whoever added the row was told.
      }
    }
    storage.delete(temporary);
  }

  private static final class Builder extends ParquetWriter.Builder<Object[], Builder> {
    private final Rows rows;

    Builder(OutputFile file, Rows rows) {
      super(file);
      this.rows = rows;
    }

    Builder configured(Storage storage, Table<?> table) {
      withConf(storage.configuration());
      withCompressionCodec(CompressionCodecName.ZSTD);
      // Its delta encoding makes consecutive numbers almost free.
      withWriterVersion(WriterVersion.PARQUET_2_0);
      withRowGroupSize(ROW_GROUP_BYTES);
      if (table == Table.SAMPLES) {
        List.of("i", "x", "y").forEach(column -> withDictionaryEncoding(column, false));
      }
      if (table == Table.GENERATORS) {
        // By default it looks at its buffers every hundred rows, which can be hundreds of
        // megabytes.
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

  private static final class Rows extends WriteSupport<Object[]> {
    private final MessageType schema;
    private final Map<String, String> notes = new HashMap<>();
    private final String[] lastText;
    private final Binary[] lastBinary;
    private RecordConsumer consumer;

    Rows(MessageType schema) {
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

    /** Neighbouring rows mostly hold the same text. */
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
