package org.latentsweep.scoring;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.latentsweep.folder.StoredRun;

/**
 * The work of one task: the part of an output folder to score.
 *
 * @param runs all completed runs of the part, at least one
 * @param missing the names of the sets of metrics that at least one of these runs lacks
 */
record PackToScore(List<StoredRun> runs, Set<String> missing) implements Serializable {
  PackToScore {
    runs = List.copyOf(runs);
    missing = Set.copyOf(missing);
  }
}
