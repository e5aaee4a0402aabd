package org.latentsweep;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.latentsweep.cli.Main;
import org.latentsweep.execution.SparkEngine;

/** The program: what {@code ./latentsweep} starts and spark-submit takes. */
public final class Latentsweep {
  private Latentsweep() {}

  /** Does what the arguments ask for, and ends with an exit code that {@code --help} lists. */
  public static void main(String[] arguments) {
    System.exit(Main.execute(SparkEngine::new, utf8(System.out), utf8(System.err), arguments));
  }

  /** Whatever the locale says: without one it would be ASCII, and ± a question mark. */
  private static PrintWriter utf8(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
