package org.latentsweep.engine;

/** The environment failed: the disk, the network or Spark. */
public final class EnvironmentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates an exception whose message is shown to the user. */
  public EnvironmentException(String message, Throwable cause) {
    super(message, cause);
  }
}
