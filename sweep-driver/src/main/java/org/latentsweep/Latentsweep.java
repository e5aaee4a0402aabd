package org.latentsweep;

import java.io.PrintWriter;
import org.latentsweep.cli.Main;
import org.latentsweep.execution.SparkEngine;

/** The program: what {@code ./latentsweep} starts and spark-submit takes. */
public final class Latentsweep {
  private Latentsweep() {}

  /** Does what the arguments ask for, and ends with an exit code that {@code --help} lists. */
  public static void main(String[] arguments) {
    System.exit(
        Main.execute(
            SparkEngine::new,
            new PrintWriter(System.out, true),
            new PrintWriter(System.err, true),
            arguments));
  }
}
