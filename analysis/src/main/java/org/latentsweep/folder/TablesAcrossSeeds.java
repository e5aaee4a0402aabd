package org.latentsweep.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.latentsweep.run.RunId;
import org.latentsweep.table.Table;
import org.latentsweep.table.TableReader;
import org.latentsweep.table.TableWriter;

/**
 * The tables of an output folder that are computed from the others, across the seeds of grid cells:
 * {@code summary} and {@code comparisons}. Each is one file, with a note on the state of the folder
 * that it was computed from.
 */
public final class TablesAcrossSeeds {
  private static final String STATE = "latentsweep.state";

  private final FolderFiles files;

  TablesAcrossSeeds(FolderFiles files) {
    this.files = files;
  }

  /**
   * Returns a hash of the state of the folder. It changes whenever the runs or metrics change, and
   * if another version of latentsweep has other columns in these tables.
   *
   * @throws IOException if the folder cannot be listed
   */
  public String state() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Table<?> table : List.of(Table.SUMMARY, Table.COMPARISONS)) {
      lines.add(table.columns().toString());
    }
    for (Table<?> table : List.of(Table.RUNS, Table.METRICS)) {
      for (FileStatus file : files.list(table)) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%s %d %d",
                file.getPath(),
                file.getLen(),
                file.getModificationTime()));
      }
    }
    return RunId.of(lines.stream().sorted().collect(Collectors.joining("\n"))).hex();
  }

  /**
   * Returns whether a table was computed from that {@link #state}.
   *
   * @throws IOException naming the file that cannot be read
   */
  public boolean isCurrent(Table<?> table, String state) throws IOException {
    Path file = files.paths().acrossSeeds(table);
    return files.storage().exists(file)
        && state.equals(TableReader.notes(files.storage(), file).get(STATE));
  }

  /**
   * Returns the rows of a table.
   *
   * @throws IOException naming the file, if there is none or it cannot be read
   */
  public <R extends Record> List<R> rows(Table<R> table) throws IOException {
    return files.rows(table, files.paths().acrossSeeds(table));
  }

  /**
   * Replaces a table.
   *
   * @param state the {@link #state} of the folder that the rows were computed from
   * @throws IOException naming the file that cannot be written; the table stays as it was then
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
