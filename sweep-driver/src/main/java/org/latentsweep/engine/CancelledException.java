package org.latentsweep.engine;

/** The work was stopped on request. What was finished before is kept. */
public final class CancelledException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Creates an exception whose message is shown to the user. */
  public CancelledException(String message, Throwable cause) {
    super(message, cause);
  }
}
