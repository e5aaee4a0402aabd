package org.latentsweep.folder;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.Outcome;
import org.latentsweep.table.DamagedFileException;
import org.latentsweep.table.PartName;
import org.latentsweep.table.RunRow;
import org.latentsweep.table.Table;

/**
 * Finds the files that a part lacks although its runs have rows in them. The rows in {@code runs}
 * tell which there are: a run has a history if it did a step, and samples and a generator if it
 * completed.
 */
final class MissingFiles {
  private final FolderFiles files;

  MissingFiles(FolderFiles files) {
    this.files = files;
  }

  /**
   * Returns the paths that the missing files would have.
   *
   * @throws IOException naming every file that the file system cannot read
   */
  List<Path> paths() throws IOException {
    List<FileStatus> runs = files.list(Table.RUNS); // before the others, which are committed first
    Set<String> whole = new HashSet<>(); // names of files that all tables have
    runs.forEach(file -> whole.add(file.getPath().getName()));
    for (Table<?> table : PackWriter.DETAILS) {
      whole.retainAll(
          files.list(table).stream()
              .map(file -> file.getPath().getName())
              .collect(Collectors.toSet()));
    }
    List<Path> missing = new ArrayList<>();
    for (FileStatus file : runs) {
      if (Table.RUNS.holds(file.getPath()) && !whole.contains(file.getPath().getName())) {
        missing.addAll(missing(file.getPath()));
      }
    }
    return missing;
  }

  /** Returns the files that a part lacks; most have a diverged or failed run, and lack none. */
  private List<Path> missing(Path runs) throws IOException {
    List<RunRow> rows;
    try {
      rows = files.rows(Table.RUNS, runs);
    } catch (FileNotFoundException | DamagedFileException e) { // deleted since, or damaged itself
      return List.of();
    }
    List<Path> missing = new ArrayList<>();
    for (Table<?> table : PackWriter.DETAILS) {
      Optional<RunRow> run = rows.stream().filter(row -> hasRows(row, table)).findFirst();
      if (run.isPresent()) {
        Path file =
            files.paths().part(table, run.get().target(), run.get().latentDim(), PartName.of(runs));
        // A compaction deletes the file of runs before those of the other tables.
        if (!files.storage().exists(file) && files.storage().exists(runs)) {
          missing.add(file);
        }
      }
    }
    return missing;
  }

  private static boolean hasRows(RunRow run, Table<?> table) {
    return table == Table.HISTORY ? run.stepsDone() > 0 : run.outcome() == Outcome.COMPLETED;
  }
}
