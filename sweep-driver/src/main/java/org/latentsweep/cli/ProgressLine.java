package org.latentsweep.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.latentsweep.engine.Progress;

/**
 * Shows progress: on a terminal as one line that is written over, elsewhere as a line every {@value
 * #SECONDS} seconds at most.
 */
public final class ProgressLine implements AutoCloseable {
  static final int SECONDS = 30;

  private static final String ERASE_REST = "\u001b[K"; // ECMA-48: erase to the end of the line
  private static final int USUAL_COLUMNS = 80;

  private final PrintWriter out;
  private final int columns;
  private final InstantSource clock;
  private Instant shownAt = Instant.MIN;
  private String shown = "";
  private String latest = "";

  /**
   * Shows progress on a writer.
   *
   * @param out standard error, usually
   * @param columns of the terminal; 0 where there is none
   * @param clock that tells when to write a line
   */
  ProgressLine(PrintWriter out, int columns, InstantSource clock) {
    this.out = out;
    this.columns = columns;
    this.clock = clock;
  }

  /** On a terminal if this process has one, in the width that {@code COLUMNS} tells. */
  static ProgressLine on(PrintWriter err) {
    return new ProgressLine(err, System.console() == null ? 0 : columns(), InstantSource.system());
  }

  private static int columns() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9]\\d{0,3}")
        ? Integer.parseInt(columns)
        : USUAL_COLUMNS;
  }

  /** Shows it, or keeps it for later where the last line is too recent. */
  public synchronized void show(Progress progress) {
    latest = progress.line();
    if (columns > 0) {
      // The last column stays free: a terminal may wrap when it is filled.
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

  /** Ends the line on a terminal; elsewhere writes what was kept for later. */
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
