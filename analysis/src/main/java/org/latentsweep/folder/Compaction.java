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
 * Merges small parts of an output folder into larger ones without changing a row. The rows of a
 * merged part count from the moment on that it is there, in place of those that it was merged from.
 * The latter stay for queries that have listed their files, until {@link SweepFolder#cleanUp}. All
 * of it may be killed at any point: the same rows exist, and the next compaction goes on.
 *
 * <p>Not while anything else writes to the folder.
 */
public final class Compaction {
  /** That parts have files in, first the one that makes them count. */
  static final List<Table<?>> TABLES =
      List.of(Table.RUNS, Table.HISTORY, Table.SAMPLES, Table.GENERATORS, Table.METRICS);

  private final SweepFolder folder;
  private final long target;

  /**
   * Of one folder.
   *
   * @param target bytes of the largest table of a part, about; parts of half of it stay as they are
   */
  public Compaction(SweepFolder folder, long target) {
    this.folder = folder;
    this.target = target;
  }

  /**
   * What a table is made of.
   *
   * @param files that hold rows
   * @param bytes of them
   */
  public record Size(int files, long bytes) {}

  /** The sizes of all tables that parts have files in. */
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
   * Deletes what killed tasks left, and merges parts until none is left to be merged. A merge is a
   * task.
   *
   * @param spark asked for only if there is something to merge
   * @return how many parts were merged into others
   * @throws IOException naming the file that cannot be read or written
   */
  public int merge(Supplier<JavaSparkContext> spark) throws IOException {
    folder.cleanUp();
    int merged = 0;
    int more = 1;
    // Merged parts can be far smaller than the sum of their parts, and be merged again.
    while (more > 0) {
      List<List<StoredPart>> merges = MergePlan.of(parts(), target);
      more = merges.isEmpty() ? 0 : merge(spark.get(), merges);
      merged += more;
    }
    return merged;
  }

  private int merge(JavaSparkContext spark, List<List<StoredPart>> merges) {
    SweepFolder sent = folder;
    return spark
        .parallelize(merges, merges.size())
        .map(parts -> new PartMerge(sent.files(), parts).run() ? parts.size() : 0)
        .reduce(Integer::sum);
  }

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
    return new StoredPart(name, StoredPart.Kind.of(runs.get(0)), ids, files);
  }
}
