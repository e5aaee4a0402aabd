package org.latentsweep.sweep;

/** The request is wrong, so that repeating it cannot help. Its message names every problem. */
public final class RequestException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** Creates an exception whose message is shown to the user. */
  public RequestException(String message) {
    super(message);
  }
}
