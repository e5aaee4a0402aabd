package org.latentsweep.folder;

import java.io.Serializable;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.latentsweep.table.PartName;
import org.latentsweep.table.Table;

/**
 * A file of a table as a listing showed it. The file is another once one of these has changed.
 *
 * @param table that it belongs to
 * @param location as a qualified path
 * @param bytes of it
 * @param modified in milliseconds since 1970
 */
record StoredFile(Table<?> table, String location, long bytes, long modified)
    implements Serializable, Comparable<StoredFile> {

  static StoredFile of(Table<?> table, FileStatus status) {
    return new StoredFile(
        table, status.getPath().toString(), status.getLen(), status.getModificationTime());
  }

  Path path() {
    return new Path(location);
  }

  String part() {
    return PartName.of(path());
  }

  /** The set of metrics that a file of {@code metrics} holds. */
  String set() {
    String name = path().getName();
    return name.substring(part().length() + 1, name.length() - FolderPaths.EXTENSION.length());
  }

  @Override
  public int compareTo(StoredFile other) {
    return location.compareTo(other.location);
  }
}
