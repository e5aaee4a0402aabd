package org.latentsweep.sweep;

import java.util.function.ToDoubleFunction;
import org.latentsweep.run.RunSpec;

/** Estimates the seconds of a run on one core, above 0. */
public interface TimeEstimate extends ToDoubleFunction<RunSpec> {

  /** Returns for the user where the estimates come from; empty before the first estimate. */
  String source();
}
