package org.latentsweep.table;

import org.latentsweep.run.RunId;

/**
 * A row of {@code history}: a training step of a run, as {@link org.latentsweep.run.History}
 * defines its values.
 *
 * @param runId of the run
 * @param step from 1 on
 * @param dLoss the discriminator's loss
 * @param dAccuracy the discriminator's accuracy, in [0, 1]
 * @param gLoss the generator's loss
 * @param gAccuracy the generator's accuracy, in [0, 1]
 */
public record HistoryRow(
    RunId runId, int step, float dLoss, float dAccuracy, float gLoss, float gAccuracy)
    implements OfRun {}
