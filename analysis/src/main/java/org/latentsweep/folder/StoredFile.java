package org.latentsweep.folder;

import java.io.Serializable;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.latentsweep.table.PartName;
import org.latentsweep.table.Table;

/**
 * A file of a table as it was listed. If one of these values has changed, the file has changed.
 *
 * @param table the table that the file belongs to
 * @param location the qualified path
 * @param bytes the length in bytes
 * @param modified the modification time in milliseconds since 1970
 */
record StoredFile(Table<?> table, String location, long bytes, long modified)
    implements Serializable, Comparable<StoredFile> {

  /** Returns a file of a listing. */
  static StoredFile of(Table<?> table, FileStatus status) {
    return new StoredFile(
        table, status.getPath().toString(), status.getLen(), status.getModificationTime());
  }

  /** Returns the path of the file. */
  Path path() {
    return new Path(location);
  }

  /** Returns the name of the part that the file belongs to. */
  String part() {
    return PartName.of(path());
  }

  /** Returns the name of the set of metrics that a file of {@code metrics} holds. */
  String set() {
    String name = path().getName();
    return name.substring(part().length() + 1, name.length() - FolderPaths.EXTENSION.length());
  }

  @Override
  public int compareTo(StoredFile other) {
    return location.compareTo(other.location);
  }
}
