package org.latentsweep.table;

import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.RunId;

/**
 * The names of parts. A part is the files of one name in all tables: {@code part-ID} holds the rows
 * of one pack, {@code merged-NNNNID} those of several parts that were merged. If two parts hold the
 * same run, the part whose name sorts first counts. A merged part's name therefore sorts before the
 * names of all parts that it replaces, even if those were merged before.
 */
public final class PartName {
  /** Matches the name of a part. */
  public static final String PATTERN = "(part-[0-9a-f]{16}|merged-[0-9]{4}[0-9a-f]{16})";

  private static final String MERGED = "merged-";

  /** The digits of the rank, which is one lower after each merge, so that the name sorts first. */
  private static final int RANK_DIGITS = 4;

  /** The rank after the first merge, the highest number of that many digits. */
  private static final int MAX_RANK = 9999;

  private PartName() {}

  /** Returns the name of the part of a pack. */
  public static String ofPack(String packId) {
    return "part-" + packId;
  }

  /**
   * Returns the name of the part that these parts are merged into: a rank, which is lower than
   * theirs, and a hash of their names.
   *
   * @throws IllegalArgumentException if one of the parts has the lowest rank already
   */
  public static String merged(List<String> parts) {
    int rank = parts.stream().mapToInt(PartName::rank).min().orElseThrow() - 1;
    if (rank < 0) {
      throw new IllegalArgumentException("Cannot merge " + parts + ": merged too often before");
    }
    return String.format(
        Locale.ROOT, "%s%04d%s", MERGED, rank, RunId.of(String.join(" ", parts)).hex());
  }

  private static int rank(String part) {
    return part.startsWith(MERGED)
        ? Integer.parseInt(part.substring(MERGED.length(), MERGED.length() + RANK_DIGITS))
        : MAX_RANK + 1;
  }

  /** Returns the name of the part that a file of any table belongs to. */
  public static String of(Path file) {
    String name = file.getName();
    int end = name.indexOf('-', name.indexOf('-') + 1);
    return name.substring(0, end < 0 ? name.indexOf('.') : end);
  }
}
