package org.latentsweep.execution;

import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a process prints until it ends, so that the process never waits for a reader, and
 * keeps the last lines.
 */
final class OutputTail {
  /** Both chosen by judgement: enough for an error of the JVM or the start of a stack trace. */
  static final int MAX_LINES = 20;

  static final int MAX_CHARACTERS = 8_192;

  private static final Logger LOG = LoggerFactory.getLogger(OutputTail.class);

  private final StringBuilder tail = new StringBuilder();
  private final Thread thread;

  /** Starts to read. */
  OutputTail(Reader output) {
    thread = new Thread(() -> read(output), "output-tail");
    thread.setDaemon(true);
    thread.start();
  }

  private void read(Reader output) {
    char[] buffer = new char[1024];
    try (output) {
      for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
        append(buffer, n);
      }
    } catch (IOException e) { // the process was destroyed
      LOG.debug("Cannot read the output of a process to its end", e);
    }
  }

  private synchronized void append(char[] buffer, int n) {
    tail.append(buffer, 0, n);
    tail.delete(0, Math.max(0, tail.length() - MAX_CHARACTERS));
  }

  /** Waits for the end of the output, but not longer than a limit, and returns the last lines. */
  String text(Duration limit) throws InterruptedException {
    thread.join(limit.toMillis());
    List<String> lines = snapshot().lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
    return lines.stream()
        .skip(Math.max(0, lines.size() - MAX_LINES))
        .collect(Collectors.joining(" | "));
  }

  private synchronized String snapshot() {
    return tail.toString();
  }
}
