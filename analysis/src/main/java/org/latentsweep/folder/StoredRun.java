package org.latentsweep.folder;

import java.io.Serializable;
import org.latentsweep.run.RunId;
import org.latentsweep.table.RunRow;

/**
 * A run that exists in an output folder.
 *
 * @param row the run's row in {@code runs}
 * @param part the name of the part that holds the run's rows in all tables
 */
public record StoredRun(RunRow row, String part) implements Serializable {

  /** Returns the run's id. */
  public RunId id() {
    return row.runId();
  }
}
