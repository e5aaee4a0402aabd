package org.latentsweep.process;

import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a process prints until it ends, so that the process never waits for a reader, and
 * keeps the last lines.
 */
public final class OutputTail {
  /** Chosen by judgement: enough for an error of the JVM or the end of a stack trace. */
  private static final int MAX_LINES = 20;

  /** The most characters that are kept. Chosen by judgement: enough for that many lines. */
  public static final int MAX_CHARACTERS = 8_192;

  private static final Logger LOG = LoggerFactory.getLogger(OutputTail.class);

  private final StringBuilder tail = new StringBuilder();
  private final Thread thread;

  /** Starts to read. */
  public OutputTail(Reader output) {
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

  /**
   * Returns the last lines that are not blank, once the output has ended or the time limit is over.
   */
  public List<String> lines(Duration limit) throws InterruptedException {
    thread.join(limit.toMillis());
    List<String> lines = snapshot().lines().filter(line -> !line.isBlank()).toList();
    return lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size());
  }

  private synchronized String snapshot() {
    return tail.toString();
  }
}
