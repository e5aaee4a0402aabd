package org.latentsweep.sweep;

import org.latentsweep.run.RunSpec;

/**
 * A run and its time, which was measured or estimated.
 *
 * @param run the run
 * @param seconds its time on one core, above 0
 */
public record TimedRun(RunSpec run, double seconds) {

  /** Checks the time. */
  public TimedRun {
    if (!(seconds > 0 && Double.isFinite(seconds))) {
      throw new IllegalArgumentException(
          "Cannot plan: a run must take more than 0 seconds, found " + seconds);
    }
  }
}
