package org.latentsweep;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.latentsweep.cli.Main;
import org.latentsweep.execution.SparkEngine;

/**
 * Executes commands once, at the end of the build, so that Java writes the classes that they load
 * to an archive (class-data sharing, {@code -XX:ArchiveClassesAtExit}). With the archive, Java maps
 * these classes into memory at the start instead of parsing and verifying them.
 */
final class ClassRecording {
  private ClassRecording() {}

  /**
   * Executes commands.
   *
   * @param arguments the file of a short sweep and a folder in which to work
   */
  public static void main(String[] arguments) throws Exception {
    String sweep = arguments[0];
    Path folder = Path.of(arguments[1]);
    Path points =
        Files.writeString(Files.createDirectories(folder).resolve("points.csv"), points());
    String results = folder.resolve("results").toString();
    String[] oneRun = {
      sweep,
      "--set",
      "output=" + results,
      "--set",
      "axes.target=gaussian",
      "--set",
      "axes.latent-dim=2",
      "--set",
      "axes.seed=1"
    };
    execute("plan", oneRun);
    execute("run", oneRun);
    execute("status", results);
    execute("report", results);
    execute("sql", results, "SELECT target, count(*) FROM runs GROUP BY target");
    execute("score", "--target", "gaussian", "--samples", points.toString());
    System.exit(0);
  }

  private static String points() {
    StringBuilder csv = new StringBuilder("x,y\n");
    for (int i = 0; i < 100; i++) {
      csv.append(Math.sin(i)).append(',').append(Math.cos(2.0 * i)).append('\n');
    }
    return csv.toString();
  }

  private static void execute(String command, String... rest) {
    String[] arguments = new String[rest.length + 1];
    arguments[0] = command;
    System.arraycopy(rest, 0, arguments, 1, rest.length);
    StringWriter errors = new StringWriter();
    int code =
        Main.execute(
            SparkEngine::new,
            new PrintWriter(new StringWriter()),
            new PrintWriter(errors),
            arguments);
    if (code != 0) {
      System.err.println(List.of(arguments) + " failed: " + errors);
      System.exit(code);
    }
  }
}
