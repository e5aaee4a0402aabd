package org.latentsweep.folder;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.RunId;
import org.latentsweep.run.RunPack;
import org.latentsweep.table.DamagedFileException;
import org.latentsweep.table.PartName;
import org.latentsweep.table.RunRow;
import org.latentsweep.table.Table;
import org.latentsweep.table.TableWriter;

/** The runs that exist in an output folder. */
public final class StoredRuns {
  private final FolderFiles files;

  StoredRuns(FolderFiles files) {
    this.files = files;
  }

  /**
   * Returns all runs that exist.
   *
   * @throws IOException naming every file that cannot be read
   */
  public SortedMap<RunId, StoredRun> all() throws IOException {
    return byId(
        files.perFile(Table.RUNS, file -> Optional.of(read(file.getPath()))).stream()
            .flatMap(List::stream));
  }

  /** If two parts hold the same run, the part whose name sorts first counts. */
  private static SortedMap<RunId, StoredRun> byId(Stream<StoredRun> rows) {
    SortedMap<RunId, StoredRun> runs = new TreeMap<>();
    rows.forEach(
        run -> runs.merge(run.id(), run, (a, b) -> a.part().compareTo(b.part()) <= 0 ? a : b));
    return runs;
  }

  private List<StoredRun> read(Path file) throws IOException {
    String part = PartName.of(file);
    return files.rows(Table.RUNS, file).stream().map(row -> new StoredRun(row, part)).toList();
  }

  /**
   * Returns the rows of a pack's runs, in the order of the pack, if all of them exist. An attempt
   * that Spark considered lost can have committed the pack.
   *
   * @throws IOException naming the file that cannot be read
   */
  public Optional<List<RunRow>> ofPack(RunPack pack) throws IOException {
    Path file = files.paths().runsOfPack(pack.id());
    if (!files.storage().exists(file)) {
      return Optional.empty();
    }
    Map<RunId, RunRow> rows =
        files.rows(Table.RUNS, file).stream()
            .collect(Collectors.toMap(RunRow::runId, Function.identity()));
    List<RunRow> runs =
        pack.runs().stream().map(run -> rows.get(run.id())).filter(Objects::nonNull).toList();
    return runs.size() == pack.runs().size() ? Optional.of(runs) : Optional.empty();
  }

  /**
   * Returns the runs that exist and the files that are damaged.
   *
   * @throws IOException naming every file that the file system cannot read
   */
  public Inventory inventory() throws IOException {
    FolderPaths paths = files.paths();
    Set<Path> damaged =
        new DamagedFiles(files)
            .unreadable().stream()
                .map(name -> new Path(paths.folder(), name))
                .collect(Collectors.toCollection(TreeSet::new));
    Set<Path> unreadable = Collections.synchronizedSet(new TreeSet<>());
    List<StoredRun> runs =
        files.perFile(Table.RUNS, file -> readSound(file, damaged, unreadable)).stream()
            .flatMap(List::stream)
            .toList();
    damaged.addAll(unreadable);
    Set<String> parts = DamagedFiles.partsThatLackRows(damaged);
    return new Inventory(
        byId(runs.stream().filter(run -> !parts.contains(run.part()))),
        damaged.stream().map(paths::relative).sorted().toList());
  }

  private Optional<List<StoredRun>> readSound(
      FileStatus file, Set<Path> damaged, Set<Path> unreadable) throws IOException {
    if (damaged.contains(file.getPath())) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(file.getPath()));
    } catch (DamagedFileException e) {
      unreadable.add(file.getPath());
      return Optional.empty();
    }
  }

  /**
   * Deletes runs from {@code runs}, so that they no longer exist and can be planned again. Their
   * rows in other tables no longer count, and their files stay until {@link SweepFolder#cleanUp}
   * finds that no run of their part exists.
   *
   * @return the number of rows deleted
   * @throws IOException naming the file that cannot be read or written
   */
  public int drop(Set<RunId> ids) throws IOException {
    int dropped = 0;
    for (FileStatus file : files.list(Table.RUNS)) {
      dropped += drop(ids, file.getPath());
    }
    return dropped;
  }

  private int drop(Set<RunId> ids, Path file) throws IOException {
    List<RunRow> rows = files.rows(Table.RUNS, file);
    List<RunRow> kept = rows.stream().filter(row -> !ids.contains(row.runId())).toList();
    if (kept.isEmpty()) {
      files.storage().delete(file);
    } else if (kept.size() < rows.size()) {
      replace(file, kept);
    }
    return rows.size() - kept.size();
  }

  private void replace(Path file, List<RunRow> rows) throws IOException {
    try (TableWriter<RunRow> writer = files.writer(Table.RUNS, file)) {
      for (RunRow row : rows) {
        writer.add(row);
      }
      writer.finish(Map.of());
      writer.publish();
    }
  }
}
