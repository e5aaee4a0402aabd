package org.latentsweep.table;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/**
 * Says that the file system can read a file, but that its content is not a sound file of its table.
 */
public final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1;

  private final String file;

  DamagedFileException(Path file, String problem, Throwable cause) {
    super(String.format(Locale.ROOT, "Cannot read %s: %s", ErrorText.path(file), problem), cause);
    this.file = file.toString();
  }

  /** Returns the file as a qualified path. */
  public String file() {
    return file;
  }
}
