package org.latentsweep.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A local file that gets its name only when it is complete: it is written under a temporary name
 * and then renamed, so that no reader sees a part of it.
 */
public final class NewFile implements Closeable {
  private final Path destination;
  private final Path temporary;

  /** Chooses a temporary name, and writes nothing. */
  public NewFile(Path destination) {
    this.destination = destination;
    temporary =
        destination.resolveSibling("." + destination.getFileName() + "." + UUID.randomUUID());
  }

  /** Returns the path under which to write it, in the same folder as its {@link #destination}. */
  public Path temporary() {
    return temporary;
  }

  /** Returns the path that it has after {@link #publish}. */
  public Path destination() {
    return destination;
  }

  /**
   * Renames the temporary file to its destination, and replaces any file there.
   *
   * @throws IOException if the file cannot be renamed
   */
  public void publish() throws IOException {
    Files.move(
        temporary,
        destination,
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes the temporary file unless it was published. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(temporary);
  }
}
