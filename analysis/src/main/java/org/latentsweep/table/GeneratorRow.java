package org.latentsweep.table;

import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.RunId;

/**
 * A row of {@code generators}: the trained generator of a completed run.
 *
 * @param runId the run's id
 * @param step the training step after which the generator was stored, which is the run's last
 * @param archive the generator's network
 */
public record GeneratorRow(RunId runId, int step, GeneratorArchive archive) implements RowOfRun {}
