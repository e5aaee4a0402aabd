package org.latentsweep.engine;

/** Durations as text for people. */
public final class DurationText {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private DurationText() {}

  /** Returns the two leading units, such as {@code 3 min 20 s}; seconds are rounded up. */
  public static String of(double seconds) {
    long s = (long) Math.ceil(seconds);
    if (s < MINUTE) {
      return s + " s";
    }
    if (s < HOUR) {
      return s / MINUTE + " min " + s % MINUTE + " s";
    }
    if (s < DAY) {
      return s / HOUR + " h " + s % HOUR / MINUTE + " min";
    }
    return s / DAY + " d " + s % DAY / HOUR + " h";
  }
}
