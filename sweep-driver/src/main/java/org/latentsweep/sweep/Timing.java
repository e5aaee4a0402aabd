package org.latentsweep.sweep;

import java.time.Instant;
import org.latentsweep.run.RunId;

/**
 * The time of a completed run, as an output folder records it. A sweep may have very many: this is
 * all of their rows that a plan keeps in memory.
 *
 * @param run id of the run
 * @param backend name of the back end that trained it
 * @param seconds time in its training steps, above 0
 * @param finishedAt when it was finished
 */
public record Timing(RunId run, String backend, double seconds, Instant finishedAt) {}
