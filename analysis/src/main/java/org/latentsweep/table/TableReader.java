package org.latentsweep.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads one file of a table row by row, without a Spark session. Columns are found by their names.
 * A column that may be null and that the file lacks, as an older version wrote it, is null in all
 * rows. Every error names the file. Used by one thread.
 *
 * @param <R> the table's rows
 */
public final class TableReader<R extends Record> implements Closeable {
  private final Storage storage;
  private final Path path;
  private final RowType<R> type;
  private final Map<String, Integer> places = new HashMap<>();
  private final ParquetRows rows;

  private TableReader(Storage storage, Table<R> table, Path path) throws IOException {
    this.storage = storage;
    this.path = path;
    this.type = table.rowType();
    this.rows = ParquetRows.open(storage, path, schema -> columns(table, schema));
  }

  /**
   * Opens a file.
   *
   * @throws DamagedFileException if it is no file of the table
   * @throws IOException if it cannot be read
   */
  public static <R extends Record> TableReader<R> open(Storage storage, Table<R> table, Path path)
      throws IOException {
    return new TableReader<>(storage, table, path);
  }

  private MessageType columns(Table<R> table, MessageType found) throws IOException {
    List<String> present = new ArrayList<>();
    for (Type column : table.fileSchema().getFields()) {
      boolean mayLack = column.isRepetition(Type.Repetition.OPTIONAL);
      if (found.containsField(column.getName()) || !mayLack) {
        places.put(column.getName(), present.size());
        present.add(column.getName());
      }
    }
    return ParquetRows.checked(path, found, ParquetRows.project(table.fileSchema(), present));
  }

  /** The notes in a file's footer. */
  public static Map<String, String> notes(Storage storage, Path path) throws IOException {
    try (ParquetFileReader file = ParquetRows.openFile(storage, path, FilterCompat.NOOP)) {
      return file.getFileMetaData().getKeyValueMetaData();
    }
  }

  /** The next row; null after the last. */
  public R next() throws IOException {
    Object[] values = rows.next();
    if (values == null) {
      return null;
    }
    try {
      return type.row(column -> places.containsKey(column) ? values[places.get(column)] : null);
    } catch (IllegalArgumentException e) {
      throw storage.cannotDecode(path, e);
    }
  }

  /** All rows that are left. */
  public List<R> rest() throws IOException {
    List<R> rest = new ArrayList<>();
    for (R row = next(); row != null; row = next()) {
      rest.add(row);
    }
    return rest;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
