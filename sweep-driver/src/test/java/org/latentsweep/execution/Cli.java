package org.latentsweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.latentsweep.cli.Main;

/**
 * A command that was executed in this process on real Spark, as the command line does.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
record Cli(int code, String out, String err) {
  static final Path SMOKE = Path.of("../conf/sweeps/smoke.conf");

  /** Returns the arguments that run the smoke sweep with other values of some keys. */
  static Object[] smoke(String... settings) {
    return Stream.concat(
            Stream.of("run", SMOKE),
            Stream.of(settings).flatMap(setting -> Stream.of("--set", setting)))
        .toArray();
  }

  /** Executes a command. */
  static Cli run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = words(arguments);
    int code =
        Main.execute(
            SparkEngine::new, new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new Cli(code, out.toString(), err.toString());
  }

  /** Adds --no-report, because most tests do not need the report and it takes long. */
  private static String[] words(Object... arguments) {
    List<String> words = new ArrayList<>(Stream.of(arguments).map(Object::toString).toList());
    if (words.get(0).equals("run")
        && !words.contains("--report")
        && !words.contains("--no-report")) {
      words.add("--no-report");
    }
    return words.toArray(String[]::new);
  }

  /** Executes a command that must succeed. */
  static Cli succeed(Object... arguments) {
    Cli cli = run(arguments);
    assertThat(cli.code()).as(cli.err()).isZero();
    return cli;
  }

  /** Executes a command on a master such as {@code local[2]}. */
  static Cli runOn(String master, Object... arguments) {
    System.setProperty("spark.master", master);
    try {
      return run(arguments);
    } finally {
      System.clearProperty("spark.master");
    }
  }

  /** Starts a command in a process of its own, whose output goes to a file. */
  static Process start(Path log, Object... arguments) throws IOException {
    String[] words = words(arguments);
    return OwnProcess.builder(List.of(), words)
        .redirectOutput(log.toFile())
        .redirectErrorStream(true)
        .start();
  }

  /** Returns the result of a query as CSV lines without the header. */
  static List<String> sql(Object folder, String query) {
    return succeed("sql", folder, query, "--format", "csv").out.lines().skip(1).toList();
  }
}
