package org.latentsweep.mlflow;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for calls that know no time limit of their own, as those of MLflow's client. */
final class Patience implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          call -> {
            Thread daemon = new Thread(call, "mlflow");
            daemon.setDaemon(true); // a call that never ends does not keep the program
            return daemon;
          });
  private final Duration limit;

  /**
   * Waits so long for each call.
   *
   * @param limit after which a call is given up
   */
  Patience(Duration limit) {
    this.limit = limit;
  }

  /**
   * The result of a call.
   *
   * @throws IllegalStateException with the reason, if it fails or takes too long
   */
  <T> T await(Callable<T> call) {
    try {
      return thread.submit(call).get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer in " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(reason(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The client wraps what went wrong in exceptions whose messages are Java's. */
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
