package org.latentsweep;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.latentsweep.cli.Main;
import org.latentsweep.execution.SparkEngine;

/** The main class of the program, for {@code ./latentsweep} and for spark-submit. */
public final class Latentsweep {
  private Latentsweep() {}

  /** Executes a command, and exits with a code that {@code --help} lists. */
  public static void main(String[] arguments) {
    System.exit(Main.execute(SparkEngine::new, utf8(System.out), utf8(System.err), arguments));
  }

  /** Writes UTF-8 in every locale; without a locale Java would write ASCII, and "?" for "±". */
  private static PrintWriter utf8(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
