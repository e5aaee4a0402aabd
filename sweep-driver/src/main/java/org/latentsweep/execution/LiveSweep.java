package org.latentsweep.execution;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.report.LiveReportServer;
import org.latentsweep.report.SweepProgress;
import org.latentsweep.sweep.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The report of a sweep that runs, served on this machine: counts and runs as of {@value
 * #PAUSE_SECONDS} seconds ago, and tables and figures as of the last that {@link ReportProcess} had
 * ready, which takes it from seconds to minutes. It computes none unless a page was asked for and
 * there is something new. What goes wrong here ends no sweep: the page stays as it was.
 */
final class LiveSweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSweep.class);
  private static final int PAUSE_SECONDS = 5;

  /** A page asks every two seconds; one that nobody looks at, as a browser lets it. */
  private static final Duration OPEN = Duration.ofSeconds(10);

  /** For what is new since the last report, where the sweep ends without one of its own. */
  private static final Duration LAST_REPORT = Duration.ofSeconds(5);

  private static final Duration LAST_REQUEST = Duration.ofSeconds(4);

  private final SweepFolder folder;
  private final LiveReportServer server;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2, LiveSweep::thread);
  private final CountDownLatch toldOfEnd = new CountDownLatch(1);

  private volatile ObjectNode progress = JsonNodeFactory.instance.objectNode();
  private volatile ObjectNode report; // null before the first
  private volatile ObjectNode lastReport; // null before the sweep's own
  private volatile String progressState = "";
  private volatile String reportState = "";
  private volatile ReportProcess process; // null before the first report
  private volatile long askedAt; // System.nanoTime
  private volatile boolean asked;
  private volatile boolean ended;
  private volatile boolean warned;

  /**
   * Starts to serve.
   *
   * @param port where, or 0 for any that is free
   * @throws IOException where the port is taken
   */
  LiveSweep(SweepFolder folder, int port) throws IOException {
    this.folder = folder;
    server = new LiveReportServer(port, this::shown);
    for (Step step : List.<Step>of(this::readProgress, this::computeReport)) {
      threads.scheduleWithFixedDelay(() -> attempt(step), 0, PAUSE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "live-sweep");
    thread.setDaemon(true);
    return thread;
  }

  /** The page's address. */
  URI uri() {
    return server.uri();
  }

  private ObjectNode shown() {
    askedAt = System.nanoTime();
    asked = true;
    boolean last = ended;
    ObjectNode whole = lastReport == null ? report : lastReport;
    ObjectNode now = whole == null ? progress.deepCopy() : SweepProgress.onto(whole, progress);
    if (last) {
      toldOfEnd.countDown();
    }
    return now.put("live", !last);
  }

  private interface Step {
    void run() throws IOException;
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      if (!warned && !threads.isShutdown()) {
        warned = true;
        LOG.warn("Cannot bring the live report up to date: {}", SparkEngine.reason(e));
      }
    }
  }

  private void readProgress() throws IOException {
    String state = folder.acrossSeeds().state() + folder.planned().all().size();
    if (!state.equals(progressState)) {
      progressState = state;
      progress = SweepProgress.of(folder, Version.TEXT);
    }
  }

  private synchronized void computeReport() throws IOException {
    String state = folder.acrossSeeds().state();
    boolean begun = progress.path("counts").path("finished").asInt() > 0;
    if (asked && begun && !state.equals(reportState) && !threads.isShutdown()) {
      reportState = state; // also of one that fails, which is tried again once there is more
      if (process == null || !process.isAlive()) {
        process = new ReportProcess(folder);
      }
      report = process.report();
    }
  }

  /** Shows the sweep's own report from now on, of all that there is. */
  void endWith(ObjectNode shown) {
    lastReport = shown;
  }

  /** Shows the last state to a page that is open, for which it waits a while, and ends. */
  void finish() {
    if (asked && System.nanoTime() - askedAt < OPEN.toNanos()) {
      attempt(this::readProgress);
      try {
        if (lastReport == null) {
          awaitReport();
        }
        ended = true;
        toldOfEnd.await(LAST_REQUEST.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    close();
  }

  private void awaitReport() throws InterruptedException {
    Future<?> last = threads.submit(() -> attempt(this::computeReport));
    try {
      last.get(LAST_REPORT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("The last live report was not ready in time", e); // the runs are told of at least
    }
  }

  /** Ends at once. */
  @Override
  public void close() {
    threads.shutdownNow();
    if (process != null) {
      process.close();
    }
    server.close();
  }
}
