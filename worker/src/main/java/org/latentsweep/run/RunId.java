package org.latentsweep.run;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The first 64 bits of the SHA-256 of a run's canonical configuration, as 16 hexadecimal digits.
 * The probability that any two of 100,000 runs share an id is 3e-10.
 *
 * @param hex the digits, in lower case
 */
public record RunId(String hex) implements Serializable, Comparable<RunId> {
  private static final int BYTES = 8;

  /** Returns the hash of a text. */
  public static RunId of(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new RunId(HexFormat.of().formatHex(hash, 0, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int compareTo(RunId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
