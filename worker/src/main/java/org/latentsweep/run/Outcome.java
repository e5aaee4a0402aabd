package org.latentsweep.run;

import java.util.Locale;

/** How a run ended. */
public enum Outcome {
  /** All steps done, all numbers finite. */
  COMPLETED,
  /** A loss or a parameter became infinite or not a number. What was sampled before is kept. */
  DIVERGED,
  /** It threw an exception, whose message is kept. */
  FAILED;

  /** The name in tables: lower case. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
