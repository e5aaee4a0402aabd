package org.latentsweep.run;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The first 64 bits of the SHA-256 of a run's canonical configuration, as 16 hexadecimal digits.
 * The probability that any two of 100,000 runs share an id is 3e-10.
 *
 * @param hex the digits, in lower case
 */
public record RunId(String hex) implements Serializable, Comparable<RunId> {
  private static final int BYTES = 8;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{16}");

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

  /** Returns whether a text is the hexadecimal form of an id. */
  public static boolean isHex(String text) {
    return HEX.matcher(text).matches();
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
