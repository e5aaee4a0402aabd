package org.latentsweep.folder;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.latentsweep.run.RunId;
import org.latentsweep.table.Table;

/**
 * A part of an output folder: the files of one name in all tables.
 *
 * @param name the name of the files
 * @param kind what the runs have in common
 * @param runs the ids of the runs whose rows in this part count, at least one
 * @param files the files of all tables
 */
record StoredPart(String name, PartKind kind, Set<RunId> runs, List<StoredFile> files)
    implements Serializable {

  /** Copies the collections. */
  StoredPart {
    runs = Set.copyOf(runs);
    files = List.copyOf(files);
  }

  /**
   * What the runs of a part have in common. Only parts of the same kind can be merged, because the
   * samples of a part are in one folder and are scored after the same step.
   *
   * @param target the name of the target
   * @param latentDimension the latent dimension k
   * @param steps the number of training steps
   */
  record PartKind(String target, int latentDimension, int steps) implements Serializable {
    /** Returns the kind of a part with that run. */
    static PartKind of(StoredRun run) {
      return new PartKind(run.row().target(), run.row().latentDim(), run.row().steps());
    }
  }

  /** Returns the total bytes of the files of each table. */
  Map<Table<?>, Long> bytes() {
    return files.stream()
        .collect(
            Collectors.groupingBy(
                StoredFile::table, HashMap::new, Collectors.summingLong(StoredFile::bytes)));
  }
}
