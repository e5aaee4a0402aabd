package org.latentsweep;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Remembers why a stream could not be written, which the writers on top of it do not tell. */
final class CheckedOutput extends OutputStream {
  /** The message of an exception if a program such as head has read enough, which is no failure. */
  private static final String CLOSED_BY_READER = "Broken pipe";

  private final OutputStream out;
  private String failure; // of the first write that failed; null if none did

  CheckedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      if (failure == null) {
        failure = String.valueOf(e.getMessage());
      }
      throw e;
    }
  }

  /** Returns why the stream could not be written; empty if it could, or its reader closed it. */
  Optional<String> failure() {
    return Optional.ofNullable(failure).filter(reason -> !reason.contains(CLOSED_BY_READER));
  }
}
