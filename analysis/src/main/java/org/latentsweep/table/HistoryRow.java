package org.latentsweep.table;

import org.latentsweep.run.RunId;

/**
 * A row of {@code history}: the losses and accuracies of one training step, which {@link
 * org.latentsweep.run.History} defines.
 *
 * @param runId the run's id
 * @param step the number of the step, from 1
 * @param dLoss the discriminator's loss
 * @param dAccuracy the discriminator's accuracy, in [0, 1]
 * @param gLoss the generator's loss
 * @param gAccuracy the generator's accuracy, in [0, 1]
 */
public record HistoryRow(
    RunId runId, int step, float dLoss, float dAccuracy, float gLoss, float gAccuracy)
    implements RowOfRun {}
