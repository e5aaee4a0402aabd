package org.latentsweep.table;

import org.latentsweep.run.RunId;

/**
 * A row of {@code samples}: a point drawn from a generator.
 *
 * @param runId the run's id
 * @param step the training step after which the point was drawn
 * @param i the number of the point among those drawn after that step, from 0
 * @param x the first coordinate
 * @param y the second coordinate; null if the target is one-dimensional
 */
public record SampleRow(RunId runId, int step, int i, float x, @Nullable Float y)
    implements RowOfRun {}
