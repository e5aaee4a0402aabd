package org.latentsweep.execution;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;
import org.latentsweep.engine.CancelledException;

/**
 * Stops the jobs of an engine when it is asked to, or when the process receives SIGTERM or SIGINT.
 * In the second case the end of the process is delayed until its tasks have ended and the engine is
 * closed, by at most {@value #TIMEOUT_SECONDS} seconds. Tasks check every few steps whether they
 * were cancelled.
 */
final class Cancellation implements AutoCloseable {
  /** Chosen by judgement: some supervisors send SIGKILL 10 seconds after SIGTERM. */
  static final int TIMEOUT_SECONDS = 9;

  /** Hooks with a higher priority run first, and this one must run before Spark's, which has 40. */
  private static final int HOOK_PRIORITY = 100;

  /** Chosen by judgement: short beside the timeout, and people do not notice such a delay. */
  private static final long POLL_MILLIS = 100;

  private final Supplier<Optional<SparkContext>> spark;
  private final AtomicReference<String> reason = new AtomicReference<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable hook = this::endOfProcess;

  /**
   * Registers a shutdown hook.
   *
   * @param spark returns the context if Spark was started
   */
  Cancellation(Supplier<Optional<SparkContext>> spark) {
    this.spark = spark;
    ShutdownHookManager.get()
        .addShutdownHook(hook, HOOK_PRIORITY, TIMEOUT_SECONDS + 1L, TimeUnit.SECONDS);
  }

  /** Stops all jobs, including those that are started later. Only the first reason is kept. */
  void request(String why) {
    if (reason.compareAndSet(null, why)) {
      Thread thread = new Thread(this::stopJobs, "latentsweep-cancel");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void stopJobs() {
    do {
      running().ifPresent(SparkContext::cancelAllJobs);
    } while (!isClosedWithin(POLL_MILLIS));
  }

  private Optional<SparkContext> running() {
    return spark.get().filter(context -> !context.isStopped());
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
    isClosedWithin(TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
  }

  /**
   * Ends the work of the caller if a stop was requested.
   *
   * @param cause the exception by which the caller noticed, or null
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

  /** Waits, and throws {@link CancelledException} as soon as a stop is requested. */
  void sleep(Duration time) {
    long start = System.nanoTime();
    do {
      throwIfRequested(null);
      isClosedWithin(Math.min(POLL_MILLIS, time.toMillis()));
    } while (System.nanoTime() - start < time.toNanos());
  }

  /** If a stop was requested, waits until tasks have ended, so that they can delete their files. */
  void awaitTasks() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS - 1);
    while (isRequested()
        && running().map(Cancellation::runningTasks).orElse(0) > 0
        && System.nanoTime() < deadline) {
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
