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
 * A part as compaction sees it.
 *
 * @param name of its files
 * @param kind what its runs have in common
 * @param runs ids of those whose rows count in this part, at least one
 * @param files of all tables
 */
record StoredPart(String name, Kind kind, Set<RunId> runs, List<StoredFile> files)
    implements Serializable {

  /** Copies the collections. */
  StoredPart {
    runs = Set.copyOf(runs);
    files = List.copyOf(files);
  }

  /**
   * What the runs of a part share, and so must those of a merged one: a part's samples are in one
   * folder and are scored after the same step.
   *
   * @param target name
   * @param latentDimension k
   * @param steps of training
   */
  record Kind(String target, int latentDimension, int steps) implements Serializable {
    static Kind of(StoredRun run) {
      return new Kind(run.row().target(), run.row().latentDim(), run.row().steps());
    }
  }

  /** Bytes of its files, by table. */
  Map<Table<?>, Long> bytes() {
    return files.stream()
        .collect(
            Collectors.groupingBy(
                StoredFile::table, HashMap::new, Collectors.summingLong(StoredFile::bytes)));
  }
}
