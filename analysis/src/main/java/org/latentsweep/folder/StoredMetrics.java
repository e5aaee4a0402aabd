package org.latentsweep.folder;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.RunId;
import org.latentsweep.table.MetricRow;
import org.latentsweep.table.Table;
import org.latentsweep.table.TableReader;
import org.latentsweep.table.TableWriter;

/** The metrics in an output folder, one file for each part and set of metrics. */
public final class StoredMetrics {
  /** The key of the note that lists the runs that have all metrics of the file's set. */
  private static final String COMPLETE = "latentsweep.runs";

  private final FolderFiles files;

  StoredMetrics(FolderFiles files) {
    this.files = files;
  }

  /** Starts to write a set of metrics of a part, over those that are there. */
  public TableWriter<MetricRow> writer(String part, String set) throws IOException {
    return files.writer(Table.METRICS, files.paths().metrics(part, set));
  }

  /**
   * Opens a set of metrics of a part; empty if there is no file of it.
   *
   * @throws IOException naming the file that cannot be read
   */
  public Optional<TableReader<MetricRow>> reader(String part, String set) throws IOException {
    Path file = files.paths().metrics(part, set);
    return files.storage().exists(file)
        ? Optional.of(TableReader.open(files.storage(), Table.METRICS, file))
        : Optional.empty();
  }

  /**
   * Returns the runs of a part that have all metrics of a set.
   *
   * @throws IOException naming the file that cannot be read
   */
  public Set<RunId> completeRuns(String part, String set) throws IOException {
    Path file = files.paths().metrics(part, set);
    return files.storage().exists(file) ? completeRuns(file) : Set.of();
  }

  Set<RunId> completeRuns(Path file) throws IOException {
    String runs = TableReader.notes(files.storage(), file).getOrDefault(COMPLETE, "");
    return runs.isEmpty()
        ? Set.of()
        : Arrays.stream(runs.split(" ")).map(RunId::new).collect(Collectors.toSet());
  }

  /** Returns the note that lists the runs that have all metrics of a file's set. */
  public static Map<String, String> completeNote(SortedSet<RunId> runs) {
    return Map.of(COMPLETE, runs.stream().map(RunId::hex).collect(Collectors.joining(" ")));
  }
}
