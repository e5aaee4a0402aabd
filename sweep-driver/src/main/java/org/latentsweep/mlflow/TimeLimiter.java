package org.latentsweep.mlflow;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Limits the time of calls that have no timeout of their own, such as those of MLflow's client. */
final class TimeLimiter implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          call -> {
            Thread daemon = new Thread(call, "mlflow");
            daemon.setDaemon(true); // a call that never returns must not keep the process alive
            return daemon;
          });
  private final Duration timeout;

  /**
   * Creates a limiter.
   *
   * @param timeout the longest time of each call
   */
  TimeLimiter(Duration timeout) {
    this.timeout = timeout;
  }

  /**
   * Makes a call and returns its result.
   *
   * @throws IllegalStateException with the reason, if the call fails or takes too long
   */
  <T> T call(Callable<T> call) {
    try {
      return thread.submit(call).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer in " + timeout.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(reason(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Returns the message of the innermost exception; the client wraps it without adding to it. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
