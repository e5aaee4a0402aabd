package org.latentsweep.engine;

/** What was going on was stopped on request; what was finished before is kept. */
public final class CancelledException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a message for people. */
  public CancelledException(String message, Throwable cause) {
    super(message, cause);
  }
}
