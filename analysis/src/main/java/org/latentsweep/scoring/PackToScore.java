package org.latentsweep.scoring;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.latentsweep.folder.StoredRun;

/**
 * What a task has to do.
 *
 * @param runs all completed runs of a pack, at least one
 * @param missing names of the sets of metrics that one of them or more has not
 */
record PackToScore(List<StoredRun> runs, Set<String> missing) implements Serializable {
  PackToScore {
    runs = List.copyOf(runs);
    missing = Set.copyOf(missing);
  }
}
