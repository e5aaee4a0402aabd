package org.latentsweep.sweep;

/** The request itself is wrong: its message names every problem, and doing it again cannot help. */
public final class RequestException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** With a message for whoever made the request. */
  public RequestException(String message) {
    super(message);
  }
}
