package org.latentsweep.sweep;

import java.util.List;
import java.util.Set;
import org.latentsweep.run.RunId;

/**
 * The runs that an output folder already holds.
 *
 * @param finished ids of the runs that completed or diverged, which are never repeated
 * @param failed ids of the runs that ended with an exception, which may be tried again
 * @param timings times of the runs that completed
 */
public record RecordedRuns(Set<RunId> finished, Set<RunId> failed, List<Timing> timings) {
  /** The runs of a folder that holds none. */
  public static final RecordedRuns NONE = new RecordedRuns(Set.of(), Set.of(), List.of());

  /** Copies the collections. */
  public RecordedRuns {
    finished = Set.copyOf(finished);
    failed = Set.copyOf(failed);
    timings = List.copyOf(timings);
  }
}
