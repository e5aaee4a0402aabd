package org.latentsweep.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.RunId;
import org.latentsweep.table.Table;
import org.latentsweep.table.TableReader;
import org.latentsweep.table.TableWriter;

/**
 * The tables of an output folder that are computed from the others: {@code summary} and {@code
 * comparisons}. Each is one file, which notes the state of the folder that it was computed from.
 */
public final class TablesAcrossSeeds {
  private static final String STATE = "latentsweep.state";

  private final FolderFiles files;

  TablesAcrossSeeds(FolderFiles files) {
    this.files = files;
  }

  /**
   * A hash that changes whenever a committed run or a metric does, and where these tables have
   * other columns in another version.
   */
  public String state() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Table<?> table : List.of(Table.SUMMARY, Table.COMPARISONS)) {
      lines.add(table.columns().toString());
    }
    for (Table<?> table : List.of(Table.RUNS, Table.METRICS)) {
      for (FileStatus file : files.list(table)) {
        lines.add("%s %d %d".formatted(file.getPath(), file.getLen(), file.getModificationTime()));
      }
    }
    return RunId.of(lines.stream().sorted().collect(Collectors.joining("\n"))).hex();
  }

  /** Whether a table was computed from that {@link #state}. */
  public boolean isCurrent(Table<?> table, String state) throws IOException {
    Path file = files.paths().acrossSeeds(table);
    return files.storage().exists(file)
        && state.equals(TableReader.notes(files.storage(), file).get(STATE));
  }

  /** The rows of a table, which must have been written. */
  public <R extends Record> List<R> rows(Table<R> table) throws IOException {
    return files.rows(table, files.paths().acrossSeeds(table));
  }

  /**
   * Replaces a table.
   *
   * @param state from which its rows were computed
   * @throws IOException naming the file that cannot be written; the table stays as it was
   */
  public <R extends Record> void replace(Table<R> table, String state, List<R> rows)
      throws IOException {
    try (TableWriter<R> writer = files.writer(table, files.paths().acrossSeeds(table))) {
      for (R row : rows) {
        writer.add(row);
      }
      writer.finish(Map.of(STATE, state));
      writer.publish();
    }
  }
}
