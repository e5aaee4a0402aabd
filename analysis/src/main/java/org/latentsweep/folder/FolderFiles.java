package org.latentsweep.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.latentsweep.table.Storage;
import org.latentsweep.table.Table;
import org.latentsweep.table.TableReader;
import org.latentsweep.table.TableWriter;

/**
 * Lists, reads and writes the files of an output folder's tables.
 *
 * @param storage the file system of the folder
 * @param paths the paths of the files
 */
record FolderFiles(Storage storage, FolderPaths paths) {

  /** Returns the files of a table that hold rows, and any files that do not belong there. */
  List<FileStatus> list(Table<?> table) throws IOException {
    return storage.visibleFiles(paths.table(table)).stream()
        .filter(file -> !file.getPath().getName().equals(Table.SCHEMA_FILE))
        .toList();
  }

  /** Returns the same files as values that can be compared with a later listing. */
  List<StoredFile> stored(Table<?> table) throws IOException {
    return list(table).stream().map(file -> StoredFile.of(table, file)).toList();
  }

  /** Returns all rows in a file of a table. */
  <R extends Record> List<R> rows(Table<R> table, Path file) throws IOException {
    try (TableReader<R> reader = TableReader.open(storage, table, file)) {
      return reader.rest();
    }
  }

  /** Starts to write a file of a table, which replaces any file at its destination. */
  <R extends Record> TableWriter<R> writer(Table<R> table, Path destination) throws IOException {
    storage.createFolder(paths.temporary());
    Path temporary = new Path(paths.temporary(), UUID.randomUUID() + "-" + destination.getName());
    return new TableWriter<>(storage, table, temporary, destination);
  }

  /** Reads something from a file. */
  interface FileFunction<T> {
    /** Returns what was read; empty if the file has no result. */
    Optional<T> apply(FileStatus file) throws IOException;
  }

  /**
   * Applies a function to all files of a table in parallel, and returns the results that there are.
   *
   * @throws IOException with the messages of all exceptions that the function threw
   */
  <T> List<T> perFile(Table<?> table, FileFunction<T> function) throws IOException {
    List<IOException> failures = Collections.synchronizedList(new ArrayList<>());
    List<Optional<T>> results =
        list(table).parallelStream().map(file -> attempt(function, file, failures)).toList();
    if (!failures.isEmpty()) {
      IOException all =
          new IOException(
              failures.stream()
                  .map(IOException::getMessage)
                  .sorted()
                  .collect(Collectors.joining("; ")));
      failures.forEach(all::addSuppressed);
      throw all;
    }
    return results.stream().flatMap(Optional::stream).toList();
  }

  private static <T> Optional<T> attempt(
      FileFunction<T> function, FileStatus file, Collection<IOException> failures) {
    try {
      return function.apply(file);
    } catch (IOException e) {
      failures.add(e);
      return Optional.empty();
    }
  }
}
