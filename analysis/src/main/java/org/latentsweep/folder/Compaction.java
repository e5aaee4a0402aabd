package org.latentsweep.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.latentsweep.run.RunId;
import org.latentsweep.table.Table;

/**
 * Merges small parts of an output folder into larger ones, without changing the rows that exist. As
 * soon as a merged part is committed, its rows count instead of those of the parts that it was
 * merged from. Their files stay until {@link SweepFolder#cleanUp}, for queries that have listed
 * them. A compaction may be killed at any time: the same rows exist then, and the next compaction
 * does the rest.
 *
 * <p>Nothing else may write to the folder during a compaction.
 */
public final class Compaction {
  /** The tables that parts have files in, first {@code runs}, which decides what exists. */
  static final List<Table<?>> TABLES =
      List.of(Table.RUNS, Table.HISTORY, Table.SAMPLES, Table.GENERATORS, Table.METRICS);

  private final SweepFolder folder;
  private final long target;

  /**
   * Prepares the compaction of a folder.
   *
   * @param target the bytes that the largest table of a merged part may have; parts that have half
   *     of that already are not merged
   */
  public Compaction(SweepFolder folder, long target) {
    this.folder = folder;
    this.target = target;
  }

  /**
   * The size of a table.
   *
   * @param files the number of files that hold rows
   * @param bytes the bytes of these files
   */
  public record Size(int files, long bytes) {}

  /**
   * Returns the sizes of all tables that parts have files in.
   *
   * @throws IOException if a folder cannot be listed
   */
  public Map<Table<?>, Size> sizes() throws IOException {
    Map<Table<?>, Size> sizes = new LinkedHashMap<>();
    for (Table<?> table : TABLES) {
      List<StoredFile> files = folder.files().stored(table);
      long bytes = files.stream().mapToLong(StoredFile::bytes).sum();
      sizes.put(table, new Size(files.size(), bytes));
    }
    return sizes;
  }

  /**
   * Deletes what killed tasks left, and merges parts until no parts are left to merge. Each merge
   * is a Spark task.
   *
   * @param spark called only if there is something to merge
   * @return the number of parts that were merged into others
   * @throws IOException naming the file that cannot be read or written
   */
  public int merge(Supplier<JavaSparkContext> spark) throws IOException {
    folder.cleanUp();
    int merged = 0;
    int more = 1;
    // A merged part can be much smaller than the sum of its parts, and small enough to merge again.
    while (more > 0) {
      List<List<StoredPart>> merges = MergePlan.of(parts(), target);
      more = merges.isEmpty() ? 0 : merge(spark.get(), merges);
      merged += more;
    }
    return merged;
  }

  private int merge(JavaSparkContext spark, List<List<StoredPart>> merges) {
    SweepFolder sent = folder; // which Spark can send, unlike this object
    return spark
        .parallelize(merges, merges.size())
        .map(parts -> new PartMerge(sent.files(), parts).run() ? parts.size() : 0)
        .reduce(Integer::sum);
  }

  /** Returns the parts in which rows count. */
  List<StoredPart> parts() throws IOException {
    Map<String, List<StoredFile>> files = new HashMap<>();
    for (Table<?> table : TABLES) {
      for (StoredFile file : folder.files().stored(table)) {
        files.computeIfAbsent(file.part(), part -> new ArrayList<>()).add(file);
      }
    }
    Map<String, List<StoredRun>> runs =
        folder.runs().all().values().stream().collect(Collectors.groupingBy(StoredRun::part));
    return runs.entrySet().stream()
        .map(part -> part(part.getKey(), part.getValue(), files.get(part.getKey())))
        .toList();
  }

  private static StoredPart part(String name, List<StoredRun> runs, List<StoredFile> files) {
    Set<RunId> ids = runs.stream().map(StoredRun::id).collect(Collectors.toSet());
    return new StoredPart(name, StoredPart.PartKind.of(runs.get(0)), ids, files);
  }
}
