package org.latentsweep.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.latentsweep.engine.Monitor;
import org.latentsweep.engine.Progress;

/**
 * Shows the progress of work regularly until it is closed, and once more then. Nothing is shown of
 * work that ends at once.
 */
final class Ticker implements AutoCloseable {
  /** Chosen by judgement: the progress line changes often enough, and reading it costs little. */
  static final long PERIOD_MILLIS = 500;

  private final Instant created = Instant.now();
  private final Monitor monitor;
  private final Function<Duration, Progress> progress;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Ticker::thread);
  private boolean shown;

  /**
   * Makes a ticker that is not started.
   *
   * @param progress returns the progress after a time; called in a thread of its own
   */
  Ticker(Monitor monitor, Function<Duration, Progress> progress) {
    this.monitor = monitor;
    this.progress = progress;
  }

  /** Begins to show the progress. */
  void start() {
    thread.scheduleAtFixedRate(this::show, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "progress");
    thread.setDaemon(true);
    return thread;
  }

  private synchronized void show() {
    if (!thread.isShutdown()) {
      shown = true;
      monitor.show(progress.apply(Duration.between(created, Instant.now())));
    }
  }

  @Override
  public synchronized void close() {
    if (shown) {
      show();
    }
    thread.shutdownNow();
  }
}
