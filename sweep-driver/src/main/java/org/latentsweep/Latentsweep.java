package org.latentsweep;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.latentsweep.cli.Main;
import org.latentsweep.engine.ExitCode;
import org.latentsweep.execution.SparkEngine;

/** The main class of the program, for {@code ./latentsweep} and for spark-submit. */
public final class Latentsweep {
  private Latentsweep() {}

  /** Executes a command, and exits with a code that {@code --help} lists. */
  public static void main(String[] arguments) {
    CheckedOutput standard = new CheckedOutput(new FileOutputStream(FileDescriptor.out));
    PrintWriter out = new PrintWriter(standard, true, StandardCharsets.UTF_8);
    PrintWriter err = utf8(System.err);
    int code = Main.execute(SparkEngine::new, out, err, arguments);
    out.flush();
    if (standard.failure().isPresent()) {
      err.println("Cannot write to standard output: " + standard.failure().get());
      code = ExitCode.ENVIRONMENT_FAILED;
    }
    System.exit(code);
  }

  /** Writes UTF-8 in every locale; without a locale Java would write ASCII, and "?" for "±". */
  private static PrintWriter utf8(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
