package org.latentsweep.execution;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * A local file system in which the first process that renames a file of {@code runs} to its final
 * place halts instead, as if its machine had lost power. Before that it writes a marker file that
 * lists the files of the same pack in the other tables.
 */
public final class HaltingFileSystem extends LocalFileSystem {
  private static final String MARKER = "latentsweep.test.halted";

  /** Is called by Hadoop. */
  public HaltingFileSystem() {
    super(new Raw());
  }

  /**
   * Returns the settings that make the processes of Spark use it for local files.
   *
   * @param classes folder for its classes, which are not on the class path of Spark
   * @param marker file that is written when a process halts, and does not exist yet
   */
  static Map<String, String> settings(java.nio.file.Path classes, java.nio.file.Path marker)
      throws IOException {
    for (Class<?> type : List.of(HaltingFileSystem.class, Raw.class)) {
      String file = type.getName().replace('.', '/') + ".class";
      java.nio.file.Path copy = classes.resolve(file);
      Files.createDirectories(copy.getParent());
      try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
        Files.copy(in, copy);
      }
    }
    return Map.of(
        "spark.driver.extraClassPath",
        classes.toString(),
        "spark.executor.extraClassPath",
        classes.toString(),
        "spark.hadoop.fs.file.impl",
        HaltingFileSystem.class.getName(),
        "spark.hadoop." + MARKER,
        marker.toString());
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public boolean rename(Path from, Path to) throws IOException {
      if (to.getParent().getName().equals("runs") && to.getName().startsWith("part-")) {
        haltOnce(to);
      }
      return super.rename(from, to);
    }

    private void haltOnce(Path to) throws IOException {
      Path output = to.getParent().getParent();
      List<String> others = // by name, because files of other processes appear and vanish
          Stream.of("*/", "*/*/*/")
              .flatMap(folders -> found(new Path(output, folders + to.getName())))
              .toList();
      try {
        Files.write(
            java.nio.file.Path.of(getConf().get(MARKER)), others, StandardOpenOption.CREATE_NEW);
        Runtime.getRuntime().halt(137);
      } catch (FileAlreadyExistsException e) {
        // Only the first process halts.
      }
    }

    private Stream<String> found(Path pattern) {
      try {
        return Arrays.stream(globStatus(pattern)).map(file -> file.getPath().toUri().getPath());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
