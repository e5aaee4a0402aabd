package org.latentsweep.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.latentsweep.folder.SweepFolder;

/**
 * A process beside this one that computes reports, on a Spark of its own with one thread. In this
 * one's Spark they would starve: a report is many small jobs, one after another, and while packs
 * are left each of them waits until a pack ends, also under Spark's fair scheduler, which takes no
 * slot from a task that runs. What such a process computes can neither use up the memory that
 * training needs nor end with it.
 */
final class ReportProcess implements AutoCloseable {
  private static final Path NICE = Path.of("/usr/bin/nice");

  /** A quarter of a processor where training uses all of them: 335 of Linux's 1024 + 335 shares. */
  private static final String NICENESS = "5";

  /**
   * Most of a report is code that runs once or twice; compiling it well takes longer than it runs.
   */
  private static final String QUICK_TO_COMPILE = "-XX:TieredStopAtLevel=1";

  /** What two processes cannot both have, such as the port of a debugger. */
  private static final List<String> NOT_SHARED =
      List.of("-agent", "-javaagent", "-Dcom.sun.management", "-XX:StartFlightRecording");

  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;

  /** Starts it. */
  ReportProcess(SweepFolder folder) throws IOException {
    process = new ProcessBuilder(command()).redirectError(Redirect.DISCARD).start();
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
    // Not as arguments, which every user of the machine can list: settings can hold passwords.
    ask(request(folder).toString());
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(NICE)) {
      command.addAll(List.of(NICE.toString(), "-n", NICENESS));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> NOT_SHARED.stream().noneMatch(option::startsWith))
        .forEach(command::add);
    command.add(QUICK_TO_COMPILE);
    command.addAll(List.of("-cp", classPath(), Reporter.class.getName()));
    return command;
  }

  /** This process's, with what spark-submit adds to it by a class loader: the program itself. */
  private static String classPath() {
    List<String> places = new ArrayList<>(List.of(System.getProperty("java.class.path")));
    if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
      Stream.of(loader.getURLs())
          .filter(url -> url.getProtocol().equals("file"))
          .map(url -> Path.of(URI.create(url.toString())).toString())
          .forEach(places::add);
    }
    return String.join(File.pathSeparator, places);
  }

  private static ObjectNode request(SweepFolder folder) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put(Reporter.FOLDER, folder.path().toString());
    ObjectNode settings = request.putObject(Reporter.SETTINGS);
    Stream.of(new SparkConf().getAll())
        .filter(setting -> setting._1().startsWith("spark.hadoop."))
        .forEach(setting -> settings.put(setting._1(), setting._2()));
    settings.put("spark.master", "local[1]").put("spark.sql.shuffle.partitions", "1");
    return request;
  }

  private void ask(String line) throws IOException {
    questions.write(line + "\n");
    questions.flush();
  }

  /**
   * The report of what the folder holds now, as {@link org.latentsweep.report.Report#json} gives
   * it.
   *
   * @throws IOException saying why there is none
   */
  ObjectNode report() throws IOException {
    ask("");
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the process that computes it has ended");
    }
    JsonNode answer = new ObjectMapper().readTree(line);
    if (answer.has(Reporter.FAILURE)) {
      throw new IOException(answer.get(Reporter.FAILURE).asText());
    }
    return (ObjectNode) answer.get(Reporter.REPORT);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it; what it is computing is of no use any more. */
  @Override
  public void close() {
    process.destroy();
  }
}
