package org.latentsweep.folder;

import java.util.List;
import java.util.SortedMap;
import org.latentsweep.run.RunId;

/**
 * What an output folder holds if files of its tables may be damaged.
 *
 * @param runs the runs that exist and have no rows in damaged files
 * @param damaged the damaged files, relative to the folder, which are truncated, empty, not Parquet
 *     or missing
 */
public record Inventory(SortedMap<RunId, StoredRun> runs, List<String> damaged) {}
