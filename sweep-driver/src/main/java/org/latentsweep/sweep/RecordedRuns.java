package org.latentsweep.sweep;

import java.util.List;
import java.util.Set;
import org.latentsweep.run.RunId;

/**
 * The runs that an output folder already holds.
 *
 * @param finished those that completed or diverged: settled for good
 * @param failed those that ended with an exception: may be tried again
 * @param timings of those that completed
 */
public record RecordedRuns(Set<RunId> finished, Set<RunId> failed, List<Timing> timings) {
  /** Of a folder that holds none. */
  public static final RecordedRuns NONE = new RecordedRuns(Set.of(), Set.of(), List.of());

  /** Copies them. */
  public RecordedRuns {
    finished = Set.copyOf(finished);
    failed = Set.copyOf(failed);
    timings = List.copyOf(timings);
  }
}
