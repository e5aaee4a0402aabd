package org.latentsweep.table;

import java.util.List;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.RunId;

/**
 * What the files of a part are called in every table: {@code part-ID} for the rows of one pack,
 * {@code merged-ID} for those of several parts. A merged part's name sorts before the names of all
 * parts that it was merged from, so that its rows are those that count from the moment on that its
 * file of {@code runs} is there.
 */
public final class PartName {
  /** Of a part, as a regular expression. */
  public static final String PATTERN = "(part-[0-9a-f]{16}|merged-[0-9]{4}[0-9a-f]{16})";

  private static final String MERGED = "merged-";
  private static final int DIGITS = 4;
  private static final int LAST = 9999;

  private PartName() {}

  /** Of the pack with that id. */
  public static String ofPack(String packId) {
    return "part-" + packId;
  }

  /**
   * Of what parts are merged into: the digits go down with every merge, the rest is a hash.
   *
   * @throws IllegalArgumentException if one of the parts was merged 9999 times
   */
  public static String merged(List<String> parts) {
    int rank = parts.stream().mapToInt(PartName::rank).min().orElseThrow() - 1;
    if (rank < 0) {
      throw new IllegalArgumentException("Cannot merge " + parts + ": merged too often before");
    }
    return "%s%04d%s".formatted(MERGED, rank, RunId.of(String.join(" ", parts)).hex());
  }

  private static int rank(String part) {
    return part.startsWith(MERGED)
        ? Integer.parseInt(part.substring(MERGED.length(), MERGED.length() + DIGITS))
        : LAST + 1;
  }

  /** Of the part that a file of any table belongs to. */
  public static String of(Path file) {
    String name = file.getName();
    int end = name.indexOf('-', name.indexOf('-') + 1);
    return name.substring(0, end < 0 ? name.indexOf('.') : end);
  }
}
