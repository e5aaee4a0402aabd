package org.latentsweep.run;

import java.util.Locale;

/** How a run ended. */
public enum Outcome {
  /** All steps were done, and all numbers are finite. */
  COMPLETED,
  /**
   * A loss, a parameter or a sample became infinite or not a number. The samples drawn before that
   * are kept.
   */
  DIVERGED,
  /** The run threw an exception, whose message is kept. */
  FAILED;

  /** Returns the name in tables, in lower case. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
