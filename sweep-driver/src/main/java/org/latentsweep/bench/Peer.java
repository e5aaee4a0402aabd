package org.latentsweep.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import org.latentsweep.process.OutputTail;

/**
 * A measured program in its process. The first line that it prints is its name. Then it reads
 * numbers of steps, does the steps, and prints the nanoseconds that they took. It waits for
 * requests without using the processor.
 */
final class Peer implements AutoCloseable {
  private static final int WARM_UP_STEPS = 200; // chosen by judgement

  /** Chosen by judgement: time for a program that has closed its output to end its errors too. */
  private static final Duration ERRORS_TIMEOUT = Duration.ofSeconds(5);

  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final Writer requests;
  private final OutputTail errors;

  private Peer(String label, Process process) throws IOException {
    this.process = process;
    errors = new OutputTail(process.errorReader(StandardCharsets.UTF_8));
    answers = process.inputReader();
    requests = process.outputWriter();
    name = answer(label, "its name");
  }

  /**
   * Returns the peer of a process that was just started.
   *
   * @param label its name in messages until it has printed its own
   * @throws IOException if it does not print its name
   */
  static Peer of(String label, Process process) throws IOException {
    try {
      return new Peer(label, process);
    } catch (IOException e) {
      process.destroy();
      throw e;
    }
  }

  /** Returns the name and the version that the program printed. */
  String name() {
    return name;
  }

  /** Returns the seconds that a request takes. */
  double seconds(String request) throws IOException {
    return number(request) / 1e9;
  }

  /** Returns the seconds of one step, from the time of several. */
  double stepSeconds(int steps) throws IOException {
    return seconds(Integer.toString(steps)) / steps;
  }

  /**
   * Returns the answer to a request: a number above zero, or NaN if the program does not know it.
   */
  double number(String request) throws IOException {
    String answer = ask(request);
    double value = parsed(answer);
    if (value <= 0) {
      throw new IOException(
          "Cannot measure " + name + ": it answered '" + answer + "' to '" + request + "'");
    }
    return value;
  }

  private static double parsed(String answer) {
    try {
      return Double.parseDouble(answer);
    } catch (NumberFormatException e) {
      return 0; // as invalid as a time of zero
    }
  }

  /** Returns the answer to a request. */
  String ask(String request) throws IOException {
    try {
      requests.write(request + "\n");
      requests.flush();
    } catch (IOException e) {
      // The program has ended; reading its answer reports why.
    }
    return answer(name, "an answer to '" + request + "'");
  }

  private String answer(String program, String what) throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(
          "Cannot measure " + program + ": it ended without " + what + lastErrors());
    }
    return line;
  }

  private String lastErrors() throws InterruptedIOException {
    try {
      return errors.lines(ERRORS_TIMEOUT).stream()
          .map(line -> "\n  " + line)
          .collect(Collectors.joining());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a measured program ended");
    }
  }

  /** Warms the program up, and returns how many steps take about that long. */
  int stepsIn(double seconds) throws IOException {
    int steps = WARM_UP_STEPS;
    for (int i = 0; i < 3; i++) { // the estimate improves as the program warms up
      steps = Math.max(1, (int) (seconds / stepSeconds(steps)));
    }
    return steps;
  }

  /** Ends the process. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
