package org.latentsweep.table;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** A file whose bytes the file system can read, and which is not what its table needs. */
public final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1;

  private final String file;

  DamagedFileException(Path file, String problem, Throwable cause) {
    super("Cannot read %s: %s".formatted(Storage.shown(file), problem), cause);
    this.file = file.toString();
  }

  /** The file, as a qualified path. */
  public String file() {
    return file;
  }
}
