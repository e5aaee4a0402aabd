package org.latentsweep.table;

import org.latentsweep.run.RunId;

/**
 * A row of {@code samples}: a point that a generator drew.
 *
 * @param runId of the run
 * @param step after which it was drawn
 * @param i its number among those that were drawn after that step, from 0 on
 * @param x first coordinate
 * @param y second coordinate; null where the target is one-dimensional
 */
public record SampleRow(RunId runId, int step, int i, float x, @Nullable Float y)
    implements OfRun {}
