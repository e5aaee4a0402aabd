package org.latentsweep.scoring;

import java.io.Serializable;
import java.util.List;

/**
 * What a task has to do.
 *
 * @param runs all completed runs of a pack, at least one
 * @param sets of metrics that one of them or more is missing
 */
record PackToScore(List<RunToScore> runs, List<MetricSet> sets) implements Serializable {
  PackToScore {
    runs = List.copyOf(runs);
    sets = List.copyOf(sets);
  }
}
