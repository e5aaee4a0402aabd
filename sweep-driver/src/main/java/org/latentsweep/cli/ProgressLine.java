package org.latentsweep.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.latentsweep.engine.Progress;

/**
 * Shows progress: on a terminal as one line that is overwritten, elsewhere as at most one line
 * every {@value #SECONDS} seconds.
 */
public final class ProgressLine implements AutoCloseable {
  static final int SECONDS = 30; // chosen by judgement: logs stay short

  private static final String ERASE_REST = "\u001b[K"; // ECMA-48: erase to the end of the line
  private static final int DEFAULT_COLUMNS = 80; // of most terminals

  private final PrintWriter out;
  private final int columns;
  private final InstantSource clock;
  private Instant shownAt = Instant.MIN;
  private String shown = "";
  private String latest = "";

  /**
   * Creates a line.
   *
   * @param out usually standard error
   * @param columns columns of the terminal; 0 if there is none
   * @param clock clock for the time between lines
   */
  ProgressLine(PrintWriter out, int columns, InstantSource clock) {
    this.out = out;
    this.columns = columns;
    this.clock = clock;
  }

  /** Returns a line on the terminal of this process, if it has one, or on a writer. */
  static ProgressLine on(PrintWriter err) {
    return new ProgressLine(err, System.console() == null ? 0 : columns(), InstantSource.system());
  }

  private static int columns() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9]\\d{0,3}")
        ? Integer.parseInt(columns)
        : DEFAULT_COLUMNS;
  }

  /** Shows the progress, or keeps it for later if the last line is too recent. */
  public synchronized void show(Progress progress) {
    latest = progress.line();
    if (columns > 0) {
      // A terminal may wrap when its last column is filled.
      shown = latest.substring(0, Math.min(latest.length(), columns - 1));
      out.print("\r" + shown + ERASE_REST);
      out.flush();
    } else if (Duration.between(shownAt, clock.instant()).toSeconds() >= SECONDS) {
      writeLine();
    }
  }

  private void writeLine() {
    shownAt = clock.instant();
    shown = latest;
    out.println(shown);
    out.flush();
  }

  /** Ends the line on a terminal; elsewhere writes the progress that was kept for later. */
  @Override
  public synchronized void close() {
    if (columns > 0 && !shown.isEmpty()) {
      out.println();
      out.flush();
    } else if (columns == 0 && !latest.equals(shown)) {
      writeLine();
    }
  }
}
