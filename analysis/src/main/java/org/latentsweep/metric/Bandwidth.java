package org.latentsweep.metric;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.latentsweep.target.TargetDistribution;

/**
 * A bandwidth as a multiple of each target's default bandwidth h, so that one setting serves every
 * target.
 *
 * @param factor the multiple of h, in [{@value #MIN_FACTOR}, {@value #MAX_FACTOR}], rounded to nine
 *     significant digits
 */
public record Bandwidth(double factor) implements Serializable, Comparable<Bandwidth> {
  /** Chosen by judgement: below it the grid of a density outgrows the memory of a task. */
  public static final double MIN_FACTOR = 0.125;

  /** Chosen by judgement: above it the smoothing hides the shape of every target. */
  public static final double MAX_FACTOR = 8;

  /** Nine digits, so that factors which differ by rounding only, such as 0.1 + 0.2, are equal. */
  private static final MathContext DIGITS = new MathContext(9);

  /**
   * Checks the range and rounds the factor.
   *
   * @throws IllegalArgumentException if the factor is out of range or NaN
   */
  public Bandwidth {
    if (!(factor >= MIN_FACTOR && factor <= MAX_FACTOR)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot make a bandwidth: must be a factor of h in [%s, %s], found %s",
              plain(MIN_FACTOR),
              plain(MAX_FACTOR),
              factor));
    }
    factor = rounded(factor).doubleValue();
  }

  /**
   * Returns the standard deviation of the normal that smooths a target, in the units of the
   * target's sample space.
   */
  public double of(TargetDistribution target) {
    return factor * target.defaultBandwidth();
  }

  /** Returns the factor followed by h, such as {@code 0.5h}. */
  public String label() {
    return plain(factor) + "h";
  }

  /**
   * Returns the suffix that marks the name of a metric smoothed with a multiple of h, such as
   * {@code @2h}: empty for h itself, and {@code @h/2} for half of it.
   */
  public static String suffix(double factor) {
    return switch (plain(factor)) {
      case "1" -> "";
      case "0.5" -> "@h/2";
      default -> "@" + plain(factor) + "h";
    };
  }

  private static String plain(double factor) {
    return rounded(factor).stripTrailingZeros().toPlainString();
  }

  private static BigDecimal rounded(double factor) {
    return new BigDecimal(factor).round(DIGITS);
  }

  @Override
  public int compareTo(Bandwidth other) {
    return Double.compare(factor, other.factor);
  }
}
