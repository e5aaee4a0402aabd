package org.latentsweep.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.latentsweep.engine.DurationText;
import org.latentsweep.engine.Monitor;
import org.latentsweep.engine.Progress;

/**
 * Shows progress: on a terminal as one line for each activity, which is overwritten, elsewhere as
 * at most one line every {@value #SECONDS} seconds. At the end it says how long each activity took,
 * if there were several.
 */
final class ProgressLine implements Monitor, AutoCloseable {
  static final int SECONDS = 30; // chosen by judgement: logs stay short

  private static final String ERASE_REST = "\u001b[K"; // ECMA-48: erase to the end of the line
  private static final int DEFAULT_COLUMNS = 80; // of most terminals

  private final PrintWriter out;
  private final int columns;
  private final InstantSource clock;
  private final Instant start;
  private final Map<String, Duration> times = new LinkedHashMap<>(); // by activity
  private Instant shownAt = Instant.MIN;
  private String activity = ""; // the one that the line shows
  private String shown = "";
  private String latest = "";

  /**
   * Creates a line.
   *
   * @param out usually standard error
   * @param columns columns of the terminal; 0 if there is none
   * @param clock clock for the time between lines
   * @param start when the command began
   */
  ProgressLine(PrintWriter out, int columns, InstantSource clock, Instant start) {
    this.out = out;
    this.columns = columns;
    this.clock = clock;
    this.start = start;
  }

  /** Returns a line on the terminal of this process, if it has one, or on a writer. */
  static ProgressLine on(PrintWriter err) {
    return new ProgressLine(
        err,
        System.console() == null ? 0 : columns(),
        InstantSource.system(),
        ProcessHandle.current().info().startInstant().orElseGet(Instant::now));
  }

  private static int columns() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9]\\d{0,3}")
        ? Integer.parseInt(columns)
        : DEFAULT_COLUMNS;
  }

  /** Shows the progress, or keeps it for later if the last line is too recent. */
  @Override
  public synchronized void show(Progress progress) {
    if (!progress.activity().equals(activity)) {
      end();
      activity = progress.activity();
      shownAt = Instant.MIN;
    }
    times.put(activity, progress.elapsed());
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

  @Override
  public synchronized void say(String line) {
    end();
    out.println(line);
    out.flush();
  }

  /** Ends the line on a terminal; elsewhere writes the progress that was kept for later. */
  synchronized void end() {
    if (columns > 0 && !shown.isEmpty()) {
      out.println();
      out.flush();
    } else if (columns == 0 && !latest.equals(shown)) {
      writeLine();
    }
    shown = "";
    latest = "";
  }

  /** Ends the line, and says where the time went. */
  @Override
  public synchronized void close() {
    end();
    if (times.size() > 1) {
      Duration all = Duration.between(start, clock.instant());
      times.put("rest", times.values().stream().reduce(all, Duration::minus));
      say(
          times.entrySet().stream()
              .map(time -> time.getKey() + " " + text(time.getValue()))
              .collect(Collectors.joining(", ", "time: ", "; " + text(all) + " in all")));
    }
  }

  private static String text(Duration time) {
    return DurationText.of(Math.max(0, time.toMillis()) / 1e3);
  }
}
