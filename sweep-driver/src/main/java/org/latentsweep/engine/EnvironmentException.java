package org.latentsweep.engine;

/** The environment failed: disk, network, Spark. Its message is for whoever made the request. */
public final class EnvironmentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a message and what led to it. */
  public EnvironmentException(String message, Throwable cause) {
    super(message, cause);
  }
}
