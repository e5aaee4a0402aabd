package org.latentsweep.process;

import java.util.Locale;

/** Settings of a whole JVM, made when it starts. */
public final class ProcessDefaults {
  private ProcessDefaults() {}

  /**
   * Makes libraries write numbers with the digits 0 to 9 and a decimal point in files and figures,
   * in whatever language the machine is set to.
   */
  public static void set() {
    Locale.setDefault(Locale.ROOT);
  }
}
