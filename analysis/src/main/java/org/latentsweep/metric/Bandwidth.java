package org.latentsweep.metric;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import org.latentsweep.target.TargetDistribution;

/**
 * A bandwidth as a multiple of each target's own default h, so that one choice serves every target.
 *
 * @param factor of h, in [{@value #LEAST}, {@value #MOST}]: below it a density's grid outgrows the
 *     memory of a task, and above it no target keeps its shape
 */
public record Bandwidth(double factor) implements Serializable, Comparable<Bandwidth> {
  /** The least factor. */
  public static final double LEAST = 0.125;

  /** The greatest factor. */
  public static final double MOST = 8;

  /** Factors that differ by rounding are the same. */
  private static final MathContext DIGITS = new MathContext(9);

  /** Checks the range. */
  public Bandwidth {
    if (!(factor >= LEAST && factor <= MOST)) {
      throw new IllegalArgumentException(
          "Cannot make a bandwidth: must be a factor of h in [%s, %s], found %s"
              .formatted(plain(LEAST), plain(MOST), factor));
    }
    factor = rounded(factor).doubleValue();
  }

  /** The standard deviation h of the smoothing normal, in the units of the target's space. */
  public double of(TargetDistribution target) {
    return factor * target.defaultBandwidth();
  }

  /** The factor in front of h, such as {@code 0.5h}. */
  public String label() {
    return plain(factor) + "h";
  }

  /**
   * What is added to the name of a metric that was smoothed at some factor of h, such as
   * {@code @2h}; nothing at h itself, and {@code @h/2} at half of it.
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
