package org.latentsweep.animation;

import java.util.List;
import java.util.stream.LongStream;

/**
 * The range of an axis.
 *
 * @param low its first value
 * @param high its last value, which is larger
 */
record Range(double low, double high) {
  private static final int MAX_STEPS = 7; // between ticks
  private static final double ROUNDING = 1e-9; // allowance for rounding of exact quotients
  private static final List<Integer> ROUND_FACTORS = List.of(1, 2, 5, 10);

  /** Returns [-s, s]. */
  static Range symmetric(double s) {
    return new Range(-s, s);
  }

  /** Returns whether a value is in the range; NaN is not. */
  boolean contains(double x) {
    return x >= low && x <= high;
  }

  /** Returns the relative position of a value: 0 at the start, 1 at the end. */
  double share(double x) {
    return (x - low) / (high - low);
  }

  /** Returns the values of the ticks: multiples of 1, 2 or 5 times a power of ten. */
  List<Double> ticks() {
    double minStep = (high - low) / MAX_STEPS;
    double power = Math.pow(10, Math.floor(Math.log10(minStep)));
    int factor = ROUND_FACTORS.stream().filter(f -> f * power >= minStep).findFirst().orElse(10);
    // Steps below 1 are divided by their inverse, since 3 / 10 gives 0.3 and 3 * 0.1 does not.
    double step = factor * power;
    long first = (long) Math.ceil(low / step - ROUNDING);
    long last = (long) Math.floor(high / step + ROUNDING);
    return LongStream.rangeClosed(first, last)
        .mapToObj(i -> step < 1 ? i / (double) Math.round(1 / step) : i * step)
        .toList();
  }
}
