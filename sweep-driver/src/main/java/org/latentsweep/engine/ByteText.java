package org.latentsweep.engine;

import java.util.Locale;

/** Numbers of bytes as text for people. */
public final class ByteText {
  /** Bytes in a megabyte. */
  public static final long MEGABYTE = 1_000_000;

  private static final long GIGABYTE = 1000 * MEGABYTE;

  private ByteText() {}

  /** Returns a number of bytes in megabytes. */
  public static double megabytes(long bytes) {
    return bytes / (double) MEGABYTE;
  }

  /** Returns megabytes such as {@code 0.2 MB}, or gigabytes from one on. */
  public static String of(long bytes) {
    return bytes < GIGABYTE
        ? String.format(Locale.ROOT, "%.1f MB", megabytes(bytes))
        : String.format(Locale.ROOT, "%.1f GB", bytes / (double) GIGABYTE);
  }
}
