/**
 * An output folder: opening and checking it, its lock, its events and checkpoints, how packs of
 * runs are written and committed, compaction, and the SQL views on its tables.
 */
package org.latentsweep.folder;
