package org.latentsweep.sweep;

import java.util.function.ToDoubleFunction;
import org.latentsweep.run.RunSpec;

/** Estimates the seconds of a run on one core, above 0. */
public interface TimeEstimate extends ToDoubleFunction<RunSpec> {

  /** Returns for the user where the estimates come from; empty before the first estimate. */
  String source();

  /**
   * Returns how far the times may be from the estimates; {@link TimeRange#NONE} before the first.
   */
  TimeRange spread();

  /**
   * The range of the true times, as multiples of the estimates.
   *
   * @param low at most 1
   * @param high at least 1
   */
  record TimeRange(double low, double high) {
    /** Nothing is known about the range. */
    public static final TimeRange NONE = new TimeRange(1, 1);

    /** Returns the narrowest range that contains this one and another. */
    public TimeRange or(TimeRange other) {
      return new TimeRange(Math.min(low, other.low), Math.max(high, other.high));
    }
  }
}
