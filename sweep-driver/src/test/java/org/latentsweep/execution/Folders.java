package org.latentsweep.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Copies of output folders, for tests that change a sweep that others share. */
final class Folders {
  private Folders() {}

  /** Copies a folder, and returns the copy. */
  static Path copy(Path folder, Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(folder.relativize(file)));
      }
    }
    return copy;
  }
}
