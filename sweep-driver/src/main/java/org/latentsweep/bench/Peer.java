package org.latentsweep.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A program in a process of its own. Its first line names it; from then on it reads a number of
 * steps, does them, and writes the nanoseconds that they took. In between it waits, and costs
 * nothing.
 */
final class Peer implements AutoCloseable {
  private static final int WARM_UP = 200; // steps at least
  private static final int WORDS = 10; // last lines of a program that failed

  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final Writer requests;
  private final Path log;

  private Peer(String label, Process process, Path log) throws IOException {
    this.process = process;
    this.log = log;
    answers = process.inputReader();
    requests = process.outputWriter();
    name = answer(label, "its name");
  }

  /**
   * A program that was just started.
   *
   * @param label what to call it until it has told its name
   * @param log takes what it writes to its standard error
   * @throws IOException if it does not tell its name
   */
  static Peer of(String label, Process process, Path log) throws IOException {
    try {
      return new Peer(label, process, log);
    } catch (IOException e) {
      process.destroy();
      throw e;
    }
  }

  /** The program and its version, as it says. */
  String name() {
    return name;
  }

  /** Seconds that this takes. */
  double seconds(String request) throws IOException {
    return number(request) / 1e9;
  }

  /** Seconds of one of that many steps. */
  double stepSeconds(int steps) throws IOException {
    return seconds(Integer.toString(steps)) / steps;
  }

  /** A number above zero, or one that the program says it does not know. */
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
      return 0; // which is no answer either
    }
  }

  String ask(String request) throws IOException {
    try {
      requests.write(request + "\n");
      requests.flush();
    } catch (IOException e) {
      // It ended: reading finds so too, and says why.
    }
    return answer(name, "an answer to '" + request + "'");
  }

  private String answer(String who, String what) throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("Cannot measure " + who + ": it ended without " + what + lastWords());
    }
    return line;
  }

  private String lastWords() throws IOException {
    List<String> words =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    return words.stream()
        .skip(Math.max(0, words.size() - WORDS))
        .map(line -> "\n  " + line)
        .collect(Collectors.joining());
  }

  /** Warms it up, and returns how many steps last about that long. */
  int stepsIn(double seconds) throws IOException {
    int steps = WARM_UP;
    for (int i = 0; i < 3; i++) { // each finds it warmer
      steps = Math.max(1, (int) (seconds / stepSeconds(steps)));
    }
    return steps;
  }

  /** Ends it. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
