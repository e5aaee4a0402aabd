package org.latentsweep.execution;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.latentsweep.engine.EnvironmentException;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.report.LiveReportServer;
import org.latentsweep.report.SweepProgress;
import org.latentsweep.sweep.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The option {@code run --live}: serves the report of a running sweep on this machine. Counts and
 * rows of runs are at most about {@value #PAUSE_SECONDS} seconds old. Tables and figures are those
 * of the last report that {@link ReportProcess} has computed, which takes it seconds to minutes; a
 * report is computed only if a page was requested and there are new runs. A failure here does not
 * end the sweep: the page keeps its last state.
 */
final class LiveSweep {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSweep.class);
  private static final int PAUSE_SECONDS = 5; // chosen by judgement, as the durations below

  /**
   * A page counts as open for this time after its last request. It sends one every two seconds, or
   * less often if the browser slows down a tab in the background.
   */
  private static final Duration OPEN = Duration.ofSeconds(10);

  /** Time limit of a last report, which is needed if the sweep ends without one of its own. */
  private static final Duration LAST_REPORT_TIMEOUT = Duration.ofSeconds(5);

  /** Time limit for an open page to fetch the last state. */
  private static final Duration LAST_REQUEST_TIMEOUT = Duration.ofSeconds(4);

  private final SweepFolder folder;
  private final LiveReportServer server;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2, LiveSweep::thread);
  private final CountDownLatch endServed = new CountDownLatch(1);
  private final RepeatedStep progressStep = new RepeatedStep(this::readProgress, this::warn);
  private final RepeatedStep reportStep = new RepeatedStep(this::computeReport, this::warn);
  private final ReportProcesses processes;

  private volatile ObjectNode progress = JsonNodeFactory.instance.objectNode();
  private volatile ObjectNode report; // null before the first
  private volatile ObjectNode finalReport; // null before the sweep has written its own
  private volatile String progressState = ""; // state of the folder when it was last read
  private volatile String reportState = "";
  private volatile long requestedAt; // of the last request, by System.nanoTime
  private volatile boolean requested;
  private volatile boolean ended;

  private LiveSweep(SweepFolder folder, int port) throws IOException {
    this.folder = folder;
    processes = new ReportProcesses(() -> new ReportProcess(folder), LiveSweep::warnOfRestart);
    server = new LiveReportServer(port, this::shown);
    for (RepeatedStep step : List.of(progressStep, reportStep)) {
      threads.scheduleWithFixedDelay(step::attempt, 0, PAUSE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /**
   * Starts to serve.
   *
   * @param port TCP port; 0 for any free one
   * @throws EnvironmentException if the port is taken
   */
  static LiveSweep start(SweepFolder folder, int port) {
    try {
      return new LiveSweep(folder, port);
    } catch (IOException e) {
      throw new EnvironmentException(
          String.format(
              Locale.ROOT, "Cannot serve the live report on port %d: %s", port, e.getMessage()),
          e);
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "live-sweep");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns the address of the page. */
  URI uri() {
    return server.uri();
  }

  private ObjectNode shown() {
    requestedAt = System.nanoTime();
    requested = true;
    boolean last = ended;
    ObjectNode whole = finalReport == null ? report : finalReport;
    ObjectNode now = whole == null ? progress.deepCopy() : SweepProgress.onto(whole, progress);
    if (last) {
      endServed.countDown();
    }
    return now.put("live", !last);
  }

  private static void warnOfRestart(String reason) {
    LOG.warn("Starting another process for the live report: {}", reason);
  }

  private void warn(String reason) {
    if (!threads.isShutdown()) {
      LOG.warn("Cannot bring the live report up to date: {}", reason);
    }
  }

  private boolean readProgress() throws IOException {
    String state = folder.acrossSeeds().state() + folder.planned().all().size();
    if (state.equals(progressState)) {
      return false;
    }
    progressState = state;
    progress = SweepProgress.of(folder, Version.TEXT);
    return true;
  }

  private synchronized boolean computeReport() throws IOException {
    String state = folder.acrossSeeds().state();
    boolean begun = progress.path("counts").path("finished").asInt() > 0;
    if (!requested || !begun || state.equals(reportState) || threads.isShutdown()) {
      return false;
    }
    reportState =
        state; // set first, so that a report that fails is tried again only after a change
    report = processes.report();
    return true;
  }

  /** Shows the report that the sweep itself has written from now on. */
  void showAtEnd(ObjectNode report) {
    finalReport = report;
  }

  /**
   * Stops serving. An open page is first given some time to fetch the last state, unless the sweep
   * was cancelled.
   */
  void end(boolean cancelled) {
    if (!cancelled) {
      serveLastState();
    }
    close();
  }

  private void serveLastState() {
    if (requested && System.nanoTime() - requestedAt < OPEN.toNanos()) {
      progressStep.attempt();
      try {
        if (finalReport == null) {
          awaitReport();
        }
        ended = true;
        endServed.await(LAST_REQUEST_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void awaitReport() throws InterruptedException {
    Future<?> last = threads.submit(reportStep::attempt);
    try {
      last.get(LAST_REPORT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("The last live report was not ready in time", e); // counts and runs are up to date
    }
  }

  private void close() {
    threads.shutdownNow();
    processes.close();
    server.close();
  }
}
