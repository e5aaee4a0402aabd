/**
 * Holds the output folder of a sweep: opening and checking it, its lock, its log of events and its
 * checkpoints, writing and committing packs of runs, compaction, and the SQL views of its tables.
 */
package org.latentsweep.folder;
