package org.latentsweep.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** A local file that has its name only once it is whole. */
public final class NewFile implements Closeable {
  private final Path destination;
  private final Path temporary;

  /** Names it, and writes nothing yet. */
  public NewFile(Path destination) {
    this.destination = destination;
    temporary =
        destination.resolveSibling("." + destination.getFileName() + "." + UUID.randomUUID());
  }

  /** Where it is written, in the folder of its {@link #destination}. */
  public Path temporary() {
    return temporary;
  }

  /** Its name once it is published. */
  public Path destination() {
    return destination;
  }

  /** Moves it to its name, over what is there. */
  public void publish() throws IOException {
    Files.move(
        temporary,
        destination,
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes it unless it was published. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(temporary);
  }
}
