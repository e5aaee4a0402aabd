package org.latentsweep.table;

import org.latentsweep.run.GeneratorArchive;
import org.latentsweep.run.RunId;

/**
 * A row of {@code generators}: the trained generator of a completed run.
 *
 * @param runId of the run
 * @param step after which it was kept, the last
 * @param archive of the network
 */
public record GeneratorRow(RunId runId, int step, GeneratorArchive archive) implements OfRun {}
