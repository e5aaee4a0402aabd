package org.latentsweep.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.RunId;
import org.latentsweep.table.PartName;
import org.latentsweep.table.RowOfRun;
import org.latentsweep.table.Table;
import org.latentsweep.table.TableReader;
import org.latentsweep.table.TableWriter;

/**
 * Merges several parts into one, which is one task of a compaction. Writes the files of the merged
 * part under temporary names, and then renames them to their destinations, that of {@code runs}
 * last. Until that rename the rows of the original parts count, and after it those of the merged
 * part, because its name sorts first. Copies file by file, so that the rows of a run stay together
 * and in order. Leaves out rows that do not count.
 */
final class PartMerge {
  private final FolderFiles folder;
  private final List<StoredPart> parts;
  private final String name;
  private final Map<String, Set<RunId>> runs = new HashMap<>(); // those that count, by part
  private final List<TableWriter<?>> writers = new ArrayList<>(); // in the order of the commit

  PartMerge(FolderFiles folder, List<StoredPart> parts) {
    this.folder = folder;
    this.parts = parts;
    this.name = PartName.merged(parts.stream().map(StoredPart::name).toList());
    parts.forEach(part -> runs.put(part.name(), part.runs()));
  }

  /**
   * Merges the parts, unless another attempt has merged them, or their runs or metrics have changed
   * since the parts were listed.
   *
   * @return whether the parts were merged
   * @throws IOException naming the file that cannot be read or written; nothing is merged then
   */
  boolean run() throws IOException {
    try {
      for (Table<? extends RowOfRun> table : PackWriter.DETAILS) {
        copy(table, files(table).toList(), destination(table));
      }
      Map<String, List<StoredFile>> metrics =
          files(Table.METRICS)
              .collect(Collectors.groupingBy(StoredFile::set, TreeMap::new, Collectors.toList()));
      for (Map.Entry<String, List<StoredFile>> set : metrics.entrySet()) {
        copy(Table.METRICS, set.getValue(), folder.paths().metrics(name, set.getKey()));
      }
      copy(Table.RUNS, files(Table.RUNS).toList(), destination(Table.RUNS));
      return commit();
    } finally {
      for (TableWriter<?> writer : writers) {
        writer.close();
      }
    }
  }

  private Stream<StoredFile> files(Table<?> table) {
    return parts.stream()
        .flatMap(part -> part.files().stream())
        .filter(file -> file.table() == table);
  }

  private Path destination(Table<?> table) {
    StoredPart.PartKind kind = parts.get(0).kind();
    return folder.paths().part(table, kind.target(), kind.latentDimension(), name);
  }

  private <R extends Record & RowOfRun> void copy(
      Table<R> table, Collection<StoredFile> files, Path to) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    TableWriter<R> writer = folder.writer(table, to);
    writers.add(writer);
    TreeSet<RunId> complete = new TreeSet<>();
    for (StoredFile file : files) {
      TaskCancellation.throwIfKilled("merging of parts");
      copy(table, file, writer);
      if (table == Table.METRICS) {
        Set<RunId> completeHere =
            new HashSet<>(new StoredMetrics(folder).completeRuns(file.path()));
        completeHere.retainAll(runs.get(file.part()));
        complete.addAll(completeHere);
      }
    }
    writer.finish(table == Table.METRICS ? StoredMetrics.completeNote(complete) : Map.of());
  }

  private <R extends Record & RowOfRun> void copy(
      Table<R> table, StoredFile file, TableWriter<R> writer) throws IOException {
    Set<RunId> counting = runs.get(file.part());
    try (TableReader<R> reader = TableReader.open(folder.storage(), table, file.path())) {
      for (R row = reader.next(); row != null; row = reader.next()) {
        if (counting.contains(row.runId())) {
          writer.add(row);
        }
      }
    }
  }

  private boolean commit() throws IOException {
    if (folder.storage().exists(destination(Table.RUNS)) || !unchanged()) {
      return false;
    }
    for (TableWriter<?> writer : writers) {
      writer.publish();
    }
    return true;
  }

  /**
   * Returns whether the files of runs and metrics are the same as when the parts were listed. A
   * task that outlives its driver must not undo what another driver has changed since.
   */
  private boolean unchanged() throws IOException {
    Set<StoredFile> now = new HashSet<>();
    Set<StoredFile> before = new HashSet<>();
    for (Table<?> table : List.of(Table.RUNS, Table.METRICS)) {
      folder.stored(table).stream().filter(file -> runs.containsKey(file.part())).forEach(now::add);
      files(table).forEach(before::add);
    }
    return now.equals(before);
  }
}
