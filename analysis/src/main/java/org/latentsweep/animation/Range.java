package org.latentsweep.animation;

import java.util.List;
import java.util.stream.LongStream;

/**
 * What an axis shows.
 *
 * @param low its first value
 * @param high its last value, above that
 */
record Range(double low, double high) {
  private static final int TICKS = 7; // at most, or one more
  private static final double ROUNDING = 1e-9; // of quotients that would be whole
  private static final List<Integer> ROUND = List.of(1, 2, 5, 10);

  /** [-s, s]. */
  static Range symmetric(double s) {
    return new Range(-s, s);
  }

  /** Neither below nor above; not a number is not in it. */
  boolean contains(double x) {
    return x >= low && x <= high;
  }

  /** Where in it a value is: 0 at its start, 1 at its end. */
  double share(double x) {
    return (x - low) / (high - low);
  }

  /** The values of its ticks: multiples of 1, 2 or 5 times a power of ten. */
  List<Double> ticks() {
    double least = (high - low) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    int factor = ROUND.stream().filter(f -> f * power >= least).findFirst().orElse(10);
    // 3 / 10 is 0.3, but 3 * 0.1 is not.
    double step = factor * power;
    long first = (long) Math.ceil(low / step - ROUNDING);
    long last = (long) Math.floor(high / step + ROUNDING);
    return LongStream.rangeClosed(first, last)
        .mapToObj(i -> step < 1 ? i / (double) Math.round(1 / step) : i * step)
        .toList();
  }
}
