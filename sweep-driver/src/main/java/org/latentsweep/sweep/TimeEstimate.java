package org.latentsweep.sweep;

import java.util.function.ToDoubleFunction;
import org.latentsweep.run.RunSpec;

/** Estimated seconds of a run on one core, above 0. */
public interface TimeEstimate extends ToDoubleFunction<RunSpec> {

  /** For people: where the estimates came from; empty before the first was asked for. */
  String source();
}
