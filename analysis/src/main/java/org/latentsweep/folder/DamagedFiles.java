package org.latentsweep.folder;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.latentsweep.table.ParquetStorage;
import org.latentsweep.table.PartName;
import org.latentsweep.table.Storage;
import org.latentsweep.table.Table;

/**
 * Finds the files of an output folder that are damaged, which are truncated, empty, not Parquet or
 * missing, and sets them aside. A run that had rows in such a file no longer exists afterwards, and
 * can be planned again.
 */
public final class DamagedFiles {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final FolderFiles files;
  private final Storage storage;
  private final FolderPaths paths;

  DamagedFiles(FolderFiles files) {
    this.files = files;
    this.storage = files.storage();
    this.paths = files.paths();
  }

  /**
   * Returns the files from which nothing can be read, because they do not end as Parquet files do,
   * or are missing. Their paths are relative to the folder and sorted.
   *
   * @throws IOException naming every file that the file system cannot read
   */
  List<String> unreadable() throws IOException {
    List<Path> found = withoutEnd();
    found.addAll(new MissingFiles(files).paths());
    return found.stream().map(paths::relative).sorted().toList();
  }

  private List<Path> withoutEnd() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Table<?> table : Table.ALL) {
      found.addAll(
          files.perFile(
              table,
              file ->
                  table.holds(file.getPath()) && !ParquetStorage.hasEnd(storage, file)
                      ? Optional.of(file.getPath())
                      : Optional.empty()));
    }
    return found;
  }

  /** Returns the parts that have rows of their runs in one of these damaged files. */
  static Set<String> partsThatLackRows(Collection<Path> damaged) {
    return damaged.stream()
        .filter(file -> PackWriter.DETAILS.stream().anyMatch(table -> table.holds(file)))
        .map(PartName::of)
        .collect(Collectors.toSet());
  }

  /**
   * Sets aside the damaged files that {@link StoredRuns#inventory} finds.
   *
   * @return the damaged files, relative to the folder
   * @throws IOException if a file cannot be read or moved; another call moves the rest
   */
  public List<String> setAside() throws IOException {
    List<String> damaged = new StoredRuns(files).inventory().damaged();
    setAside(damaged);
    return damaged;
  }

  /**
   * Moves damaged files to a new folder in {@code _damaged}, and with them the files of {@code
   * runs} whose runs lost rows.
   *
   * @param damaged files of the tables, as qualified paths or relative to the folder
   * @throws IOException if a file cannot be moved; another call moves the rest
   */
  public void setAside(Collection<String> damaged) throws IOException {
    if (damaged.isEmpty()) {
      return;
    }
    Path aside = new Path(paths.damaged(), TIME.format(Instant.now()) + "-" + UUID.randomUUID());
    Set<Path> toMove =
        damaged.stream().map(name -> new Path(paths.folder(), name)).collect(Collectors.toSet());
    for (String part : partsThatLackRows(toMove)) { // first, so that no run exists without its rows
      move(paths.part(Table.RUNS, part), aside);
    }
    for (Path file : toMove) {
      move(file, aside);
    }
  }

  private void move(Path file, Path aside) throws IOException {
    if (storage.exists(file)) {
      Path to = new Path(aside, paths.relative(file));
      storage.createFolder(to.getParent());
      storage.moveOver(file, to);
    }
  }
}
