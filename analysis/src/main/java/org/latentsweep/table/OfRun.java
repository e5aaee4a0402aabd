package org.latentsweep.table;

import org.latentsweep.run.RunId;

/** A row that belongs to a run. */
public interface OfRun {
  /** The run's id. */
  RunId runId();
}
