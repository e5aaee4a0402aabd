package org.latentsweep.table;

import org.latentsweep.run.RunId;

/** A row that belongs to one run. */
public interface RowOfRun {
  /** Returns the id of that run. */
  RunId runId();
}
