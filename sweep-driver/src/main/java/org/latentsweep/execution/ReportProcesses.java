package org.latentsweep.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Consumer;

/** Computes reports in a {@link ReportProcess}, which another one replaces if it ends. */
final class ReportProcesses implements AutoCloseable {
  private final Start start;
  private final Consumer<String> warn;
  private volatile ReportProcess process; // null before the first report, and after one has ended

  /** Starts a process. */
  interface Start {
    ReportProcess start() throws IOException;
  }

  /**
   * Starts nothing yet.
   *
   * @param warn receives the reason if a process has ended between two reports
   */
  ReportProcesses(Start start, Consumer<String> warn) {
    this.start = start;
    this.warn = warn;
  }

  /**
   * Returns the report of what the folder holds now.
   *
   * @throws IOException with the reason if there is none
   */
  synchronized ObjectNode report() throws IOException {
    if (process != null && !process.isAlive()) {
      warn.accept(process.end());
      process = null;
    }
    if (process == null) {
      process = start.start();
    }
    try {
      return process.report();
    } catch (IOException e) {
      if (!process.isAlive()) {
        process = null; // the exception has told why it has ended
      }
      throw e;
    }
  }

  /** Ends the process, even if it is computing a report. */
  @Override
  public void close() {
    ReportProcess last = process;
    if (last != null) {
      last.close();
    }
  }
}
