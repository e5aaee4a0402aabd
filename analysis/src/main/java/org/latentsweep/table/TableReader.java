package org.latentsweep.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads one file of a table row by row, without a Spark session. Finds columns by name. If the file
 * lacks a column that may be null, because an older version wrote the file, then that column is
 * null in all rows. Every exception names the file. Not thread-safe.
 *
 * @param <R> the class of the rows
 */
public final class TableReader<R extends Record> implements Closeable {
  private final Storage storage;
  private final Path path;
  private final RowType<R> type;
  private final int[] indexInFile; // by column; -1 if the file lacks the column
  private final ParquetRows rows;

  private TableReader(Storage storage, Table<R> table, Path path) throws IOException {
    this.storage = storage;
    this.path = path;
    this.type = table.rowType();
    this.indexInFile = new int[type.columns().size()];
    this.rows = ParquetRows.open(storage, path, schema -> columns(table, schema));
  }

  /**
   * Opens a file.
   *
   * @throws DamagedFileException if its content is not a sound file of the table
   * @throws IOException if the file system cannot read it
   */
  public static <R extends Record> TableReader<R> open(Storage storage, Table<R> table, Path path)
      throws IOException {
    return new TableReader<>(storage, table, path);
  }

  private MessageType columns(Table<R> table, MessageType found) throws IOException {
    List<Type> wanted = new ArrayList<>();
    MessageType schema = table.fileSchema();
    for (int c = 0; c < indexInFile.length; c++) {
      Type column = schema.getType(c);
      if (column.isRepetition(Type.Repetition.OPTIONAL) && !found.containsField(column.getName())) {
        indexInFile[c] = -1;
      } else {
        indexInFile[c] = wanted.size();
        wanted.add(column);
      }
    }
    return ParquetRows.checked(path, found, new MessageType(schema.getName(), wanted));
  }

  /**
   * Returns the notes in a file's footer, by key.
   *
   * @throws DamagedFileException if the content of the file is not sound
   * @throws IOException if the file system cannot read it
   */
  public static Map<String, String> notes(Storage storage, Path path) throws IOException {
    try (ParquetFileReader file = ParquetRows.openFile(storage, path, FilterCompat.NOOP)) {
      return file.getFileMetaData().getKeyValueMetaData();
    }
  }

  /**
   * Returns the next row; null after the last.
   *
   * @throws DamagedFileException if the content of the file is not sound
   * @throws IOException if the file system cannot read it
   */
  public R next() throws IOException {
    Object[] values = rows.next();
    if (values == null) {
      return null;
    }
    try {
      return type.rowAt(c -> indexInFile[c] < 0 ? null : values[indexInFile[c]]);
    } catch (IllegalArgumentException e) {
      throw ParquetStorage.cannotDecode(storage, path, e);
    }
  }

  /**
   * Returns all rows that are left.
   *
   * @throws DamagedFileException if the content of the file is not sound
   * @throws IOException if the file system cannot read it
   */
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
