package org.latentsweep.execution;

import org.latentsweep.run.RunSpec;

/**
 * A run and what its training took.
 *
 * @param run all of whose steps were done
 * @param seconds in its training steps, above 0
 */
record TimedRun(RunSpec run, double seconds) {}
