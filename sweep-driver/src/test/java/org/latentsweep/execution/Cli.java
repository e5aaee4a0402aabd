package org.latentsweep.execution;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latentsweep.cli.Main;

/**
 * The command line in this process, on real Spark.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
record Cli(int code, String out, String err) {
  static final Path SMOKE = Path.of("../conf/sweeps/smoke.conf");

  static Cli run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = words(arguments);
    int code =
        Main.execute(
            SparkEngine::new, new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new Cli(code, out.toString(), err.toString());
  }

  /** Without the report, which takes longer than most of these sweeps, unless it is asked for. */
  private static String[] words(Object... arguments) {
    List<String> words =
        new ArrayList<>(List.of(arguments).stream().map(Object::toString).toList());
    if (words.get(0).equals("run")
        && !words.contains("--report")
        && !words.contains("--no-report")) {
      words.add("--no-report");
    }
    return words.toArray(String[]::new);
  }

  /** On a master such as {@code local[2]}. */
  static Cli runOn(String master, Object... arguments) {
    System.setProperty("spark.master", master);
    try {
      return run(arguments);
    } finally {
      System.clearProperty("spark.master");
    }
  }

  /** In a process of its own, whose output goes to a file. */
  static Process start(Path log, Object... arguments) throws IOException {
    String[] words = words(arguments);
    return OwnProcess.builder(List.of(), words)
        .redirectOutput(log.toFile())
        .redirectErrorStream(true)
        .start();
  }

  /** The result of a query, as CSV lines without the header. */
  static List<String> sql(Path folder, String query) {
    Cli cli = run("sql", folder, query, "--format", "csv");
    if (cli.code != 0) {
      throw new AssertionError(cli.err);
    }
    return cli.out.lines().skip(1).toList();
  }
}
