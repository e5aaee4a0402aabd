package org.latentsweep.execution;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;
import org.latentsweep.engine.CancelledException;

/**
 * Stops the jobs of an engine when it is asked to, or when the process is told to end by SIGTERM or
 * SIGINT, and then holds the process's end back until tasks have ended and the engine is closed:
 * {@value #PATIENCE_SECONDS} seconds at most. Tasks look every few steps whether they are wanted.
 */
final class Cancellation implements AutoCloseable {
  static final int PATIENCE_SECONDS = 9;

  private static final int BEFORE_SPARK = 100; // Spark's own hook has 40, and higher ones are first
  private static final long POLL_MILLIS = 100;

  private final Supplier<SparkContext> spark;
  private final AtomicReference<String> reason = new AtomicReference<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable hook = this::endOfProcess;

  /**
   * Listens for the end of the process.
   *
   * @param spark gives null while there is none
   */
  Cancellation(Supplier<SparkContext> spark) {
    this.spark = spark;
    ShutdownHookManager.get()
        .addShutdownHook(hook, BEFORE_SPARK, PATIENCE_SECONDS + 1L, TimeUnit.SECONDS);
  }

  /** Stops all jobs, those that are started from now on too. The first reason counts. */
  void request(String why) {
    if (reason.compareAndSet(null, why)) {
      Thread thread = new Thread(this::stopJobs, "latentsweep-cancel");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void stopJobs() {
    do {
      SparkContext context = spark.get();
      if (context != null && !context.isStopped()) {
        context.cancelAllJobs();
      }
    } while (!isClosedWithin(POLL_MILLIS));
  }

  private boolean isClosedWithin(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void endOfProcess() {
    request("the process was told to end");
    isClosedWithin(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
  }

  /**
   * Ends what the caller does if it is no longer wanted.
   *
   * @param cause what Spark made of it, or null
   */
  void throwIfRequested(Throwable cause) {
    String why = reason.get();
    if (why != null) {
      throw new CancelledException(
          "Cancelled: " + why + "; what was finished is kept, run again to go on", cause);
    }
  }

  boolean isRequested() {
    return reason.get() != null;
  }

  /** Waits, but not after a request. */
  void sleep(Duration time) {
    long start = System.nanoTime();
    do {
      throwIfRequested(null);
      isClosedWithin(Math.min(POLL_MILLIS, time.toMillis()));
    } while (System.nanoTime() - start < time.toNanos());
  }

  /** After a request, waits for tasks to end, so that they leave nothing behind. */
  void awaitTasks() {
    long start = System.nanoTime();
    SparkContext context = spark.get();
    while (reason.get() != null
        && context != null
        && !context.isStopped()
        && runningTasks(context) > 0
        && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS - 1)) {
      isClosedWithin(POLL_MILLIS);
    }
  }

  private static int runningTasks(SparkContext context) {
    int running = 0;
    for (SparkExecutorInfo executor : context.statusTracker().getExecutorInfos()) {
      running += executor.numRunningTasks();
    }
    return running;
  }

  @Override
  public void close() {
    closed.countDown();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
