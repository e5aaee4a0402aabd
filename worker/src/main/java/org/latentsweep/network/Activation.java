package org.latentsweep.network;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An elementwise activation.
 *
 * <p>{@link #toString} is the canonical form that {@link #parse} reads.
 *
 * @param kind which function
 * @param slope of leaky ReLU for negative arguments, in [0, 1); 0 for every other kind
 */
public record Activation(Kind kind, double slope) implements Serializable {

  /** What {@link #parse} reads, for messages. */
  public static final String FORMS = "relu, leaky-relu(slope), tanh, linear";

  /** max(0, z). */
  public static final Activation RELU = new Activation(Kind.RELU, 0);

  /** Hyperbolic tangent. */
  public static final Activation TANH = new Activation(Kind.TANH, 0);

  /** z. */
  public static final Activation LINEAR = new Activation(Kind.LINEAR, 0);

  /** The function. */
  public enum Kind {
    /** max(0, z). */
    RELU,
    /** max(z, slope z). */
    LEAKY_RELU,
    /** tanh z. */
    TANH,
    /** z. */
    LINEAR
  }

  /** Checks the slope. */
  public Activation {
    boolean leaky = kind == Kind.LEAKY_RELU;
    if (leaky ? !(slope > 0 && slope < 1) : slope != 0) {
      throw new IllegalArgumentException(
          "Cannot make activation: "
              + (leaky ? "slope must be in (0, 1)" : kind + " takes no slope")
              + ", found "
              + slope);
    }
  }

  /** max(z, slope z); slope 0 is plain ReLU. */
  public static Activation leakyRelu(double slope) {
    return slope == 0 ? RELU : new Activation(Kind.LEAKY_RELU, slope);
  }

  /** a(z). */
  public double value(double z) {
    return switch (kind) {
      case RELU -> Math.max(0, z);
      case LEAKY_RELU -> z > 0 ? z : slope * z;
      case TANH -> Math.tanh(z);
      case LINEAR -> z;
    };
  }

  /**
   * a'(z), from a = a(z): all of these can tell it from their value. At the kink of ReLU it is the
   * left derivative.
   */
  public double derivative(double a) {
    return switch (kind) {
      case RELU -> a > 0 ? 1 : 0;
      case LEAKY_RELU -> a > 0 ? 1 : slope;
      case TANH -> 1 - a * a;
      case LINEAR -> 1;
    };
  }

  /**
   * Reads {@code relu}, {@code leaky-relu(slope)}, {@code tanh} or {@code linear}.
   *
   * @throws IllegalArgumentException naming what was found and what would do
   */
  public static Activation parse(String text) {
    String name = text.toLowerCase(Locale.ROOT).replace(" ", "");
    Matcher leaky = Pattern.compile("leaky-relu\\(([^)]+)\\)").matcher(name);
    if (leaky.matches()) {
      try {
        return leakyRelu(Double.parseDouble(leaky.group(1)));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "Cannot read activation: the slope in '" + text + "' is no number; use " + FORMS, e);
      }
    }
    return switch (name) {
      case "relu" -> RELU;
      case "tanh" -> TANH;
      case "linear" -> LINEAR;
      default ->
          throw new IllegalArgumentException(
              "Cannot read activation: unknown '" + text + "'; use " + FORMS);
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case RELU -> "relu";
      case LEAKY_RELU -> "leaky-relu(" + slope + ")";
      case TANH -> "tanh";
      case LINEAR -> "linear";
    };
  }
}
