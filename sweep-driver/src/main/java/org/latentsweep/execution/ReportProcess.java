package org.latentsweep.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.process.ChildJvm;
import org.latentsweep.process.OutputTail;

/**
 * A separate process that computes reports of a sweep in training, on a Spark of its own with one
 * thread. The Spark of this process would take too long: a report is many small jobs, one after
 * another, and each of them would wait until a pack ends, because no scheduler of Spark takes a
 * slot away from a running task. A separate process also cannot use up the memory that training
 * needs.
 */
final class ReportProcess implements AutoCloseable {
  private static final Path NICE = Path.of("/usr/bin/nice");

  /**
   * Gives the process a quarter of a processor that training uses too: the weight of this niceness
   * is 335, and that of niceness 0 is 1024 (sched_prio_to_weight in Linux's kernel/sched/core.c).
   */
  private static final String NICENESS = "5";

  /**
   * Most code of a report runs once or twice, so that optimising it would take longer than it runs.
   */
  private static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

  /** Options that two processes cannot both have, such as the port of a debugger. */
  private static final List<String> NOT_SHARED =
      List.of("-agent", "-javaagent", "-Dcom.sun.management", "-XX:StartFlightRecording");

  /** Time limit for the process to exit once it has closed its output. */
  private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(5);

  private final Process process;
  private final OutputTail errors;
  private final Writer questions;
  private final BufferedReader answers;

  /** Starts a process for the reports of a folder. */
  ReportProcess(SweepFolder folder) throws IOException {
    this(command(), request(folder));
  }

  /**
   * Starts a process.
   *
   * @param request the first line for its standard input. It is not an argument, because every user
   *     of the machine can list arguments, and the request can hold passwords.
   */
  ReportProcess(List<String> command, ObjectNode request) throws IOException {
    process = new ProcessBuilder(command).start();
    errors = new OutputTail(process.errorReader(StandardCharsets.UTF_8));
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
    ask(request.toString());
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(NICE)) {
      command.addAll(List.of(NICE.toString(), "-n", NICENESS));
    }
    command.addAll(
        ChildJvm.command(
            ReportProcessMain.class,
            option -> NOT_SHARED.stream().noneMatch(option::startsWith),
            List.of(FIRST_COMPILER_ONLY)));
    return command;
  }

  private static ObjectNode request(SweepFolder folder) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put(ReportProcessMain.FOLDER, folder.path().toString());
    ObjectNode settings = request.putObject(ReportProcessMain.SETTINGS);
    Stream.of(new SparkConf().getAll())
        .filter(setting -> setting._1().startsWith("spark.hadoop."))
        .forEach(setting -> settings.put(setting._1(), setting._2()));
    settings.put("spark.master", "local[1]").put("spark.sql.shuffle.partitions", "1");
    return request;
  }

  private void ask(String line) throws IOException {
    try {
      questions.write(line + "\n");
      questions.flush();
    } catch (IOException e) {
      throw ended(e);
    }
  }

  private IOException ended(IOException cause) throws InterruptedIOException {
    return new IOException(end(), cause);
  }

  /** Returns how the process, which must be ending, has ended: its exit code and last errors. */
  String end() throws InterruptedIOException {
    try {
      boolean exited = process.waitFor(EXIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      return String.format(
          Locale.ROOT,
          "the process that computes it has ended (%s): %s",
          exited ? "exit code " + process.exitValue() : "it has closed its output",
          errors.lines(EXIT_TIMEOUT).stream()
              .map(String::strip)
              .collect(Collectors.joining(" | ")));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the process that computes it ended");
    }
  }

  /**
   * Returns the report of what the folder holds now, as {@link org.latentsweep.report.Report#json}
   * does.
   *
   * @throws IOException with the reason if there is none
   */
  ObjectNode report() throws IOException {
    ask("");
    String line = answers.readLine();
    if (line == null) {
      throw ended(null);
    }
    JsonNode answer = new ObjectMapper().readTree(line);
    if (answer.has(ReportProcessMain.FAILURE)) {
      throw new IOException(answer.get(ReportProcessMain.FAILURE).asText());
    }
    return (ObjectNode) answer.get(ReportProcessMain.REPORT);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process, even if it is computing a report. */
  @Override
  public void close() {
    process.destroy();
  }
}
