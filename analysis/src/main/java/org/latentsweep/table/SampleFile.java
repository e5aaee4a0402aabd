package org.latentsweep.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads points from a local file that another program wrote: Parquet, or comma-separated values
 * with a header; or from a folder of Parquet files, as Spark writes them. Columns that hold no
 * coordinate are ignored.
 */
public final class SampleFile {
  private static final String PARQUET = ".parquet";
  private static final List<String> COORDINATES = List.of("x", "y");

  private SampleFile() {}

  /**
   * Returns the columns that hold the coordinates by default: x and, in two dimensions, y.
   *
   * @param dimensions the dimensions d, 1 or 2
   */
  public static List<String> columns(int dimensions) {
    return COORDINATES.subList(0, dimensions);
  }

  /**
   * Reads all points of a file or folder.
   *
   * @param path the file, whose name ends in .csv or .parquet, or a folder
   * @param columns the names of the columns with the coordinates
   * @return the points, row-major [n, d], all finite
   * @throws IllegalArgumentException if the file cannot be used; the message lists all problems
   * @throws IOException if the file system fails
   */
  public static float[] read(Path path, List<String> columns) throws IOException {
    SamplePoints points = new SamplePoints(path, columns);
    String name = path.getFileName() == null ? "" : path.getFileName().toString();
    String lowerCase = name.toLowerCase(Locale.ROOT);
    if (Files.isDirectory(path)) {
      readFolder(path, points);
    } else if (!lowerCase.endsWith(".csv") && !lowerCase.endsWith(PARQUET)) {
      throw points.unusable("its name must end in .csv or .parquet");
    } else if (!Files.isRegularFile(path)) {
      throw points.unusable(Files.exists(path) ? "it is no regular file" : "there is no such file");
    } else if (!Files.isReadable(path)) {
      throw points.unusable("this user may not read it");
    } else if (lowerCase.endsWith(PARQUET)) {
      ParquetSamples.read(path, points, "row");
    } else {
      CsvSamples.read(path, points);
    }
    return points.checked();
  }

  private static void readFolder(Path folder, SamplePoints points) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(file -> isPart(folder.relativize(file))).sorted().toList();
    }
    if (files.isEmpty()) {
      throw points.unusable("it is a folder without .parquet files");
    }
    for (Path file : files) {
      ParquetSamples.read(file, points, folder.relativize(file) + " row");
    }
  }

  /** Returns whether Spark would read a file, whose path is relative to the folder. */
  private static boolean isPart(Path file) {
    boolean hidden =
        Stream.of(file.toString().split("[/\\\\]"))
            .anyMatch(name -> name.startsWith("_") || name.startsWith("."));
    return !hidden && file.toString().endsWith(PARQUET);
  }
}
