package org.latentsweep.sweep;

import java.util.Set;
import org.latentsweep.run.RunId;

/**
 * The runs that an output folder already holds.
 *
 * @param finished those that completed or diverged: settled for good
 * @param failed those that ended with an exception: may be tried again
 */
public record RecordedRuns(Set<RunId> finished, Set<RunId> failed) {
  /** Of a folder that holds none. */
  public static final RecordedRuns NONE = new RecordedRuns(Set.of(), Set.of());

  /** Copies the sets. */
  public RecordedRuns {
    finished = Set.copyOf(finished);
    failed = Set.copyOf(failed);
  }
}
