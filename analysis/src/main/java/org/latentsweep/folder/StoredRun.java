package org.latentsweep.folder;

import java.io.Serializable;
import org.latentsweep.run.RunId;
import org.latentsweep.table.RunRow;

/**
 * A run that exists in an output folder.
 *
 * @param row of {@code runs}
 * @param part name of the file that holds its rows in every table, without the extension
 */
public record StoredRun(RunRow row, String part) implements Serializable {

  /** The run's id. */
  public RunId id() {
    return row.runId();
  }
}
