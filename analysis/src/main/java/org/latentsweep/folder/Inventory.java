package org.latentsweep.folder;

import java.util.List;
import java.util.SortedMap;
import org.latentsweep.run.RunId;

/**
 * What an output folder holds, as far as its files are whole.
 *
 * @param runs that exist and have lost nothing
 * @param damaged files, relative to the folder: truncated, empty, or not Parquet at all
 */
public record Inventory(SortedMap<RunId, StoredRun> runs, List<String> damaged) {}
