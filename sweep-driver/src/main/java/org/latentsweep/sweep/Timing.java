package org.latentsweep.sweep;

import java.time.Instant;
import org.latentsweep.run.RunId;

/**
 * How long a completed run took.
 *
 * @param run its id
 * @param backend name of the back end that trained it
 * @param seconds in its training steps, above 0
 * @param finishedAt when it was finished
 */
public record Timing(RunId run, String backend, double seconds, Instant finishedAt) {}
