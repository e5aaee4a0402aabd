package org.latentsweep.network;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An activation function, which a layer applies to each of its outputs.
 *
 * <p>{@link #toString} returns the canonical form, which {@link #parse} reads.
 *
 * @param kind the function
 * @param slope the slope of leaky ReLU for negative arguments, in (0, 1); 0 for every other kind
 */
public record Activation(Kind kind, double slope) implements Serializable {

  /** The forms that {@link #parse} reads, as messages list them. */
  public static final String FORMS = "relu, leaky-relu(slope), tanh, linear";

  /** The function max(0, z). */
  public static final Activation RELU = new Activation(Kind.RELU, 0);

  /** The hyperbolic tangent of z. */
  public static final Activation TANH = new Activation(Kind.TANH, 0);

  /** The identity, z. */
  public static final Activation LINEAR = new Activation(Kind.LINEAR, 0);

  /** The kinds of functions. */
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

  /** Returns the function max(z, slope z); with slope 0 that is {@link #RELU}. */
  public static Activation leakyRelu(double slope) {
    return slope == 0 ? RELU : new Activation(Kind.LEAKY_RELU, slope);
  }

  /** Returns a(z), the function's value. */
  public double value(double z) {
    return switch (kind) {
      case RELU -> Math.max(0, z);
      case LEAKY_RELU -> z > 0 ? z : slope * z;
      case TANH -> Math.tanh(z);
      case LINEAR -> z;
    };
  }

  /**
   * Returns the derivative a'(z), computed from the value a = a(z), which determines it for each of
   * these functions. At z = 0, ReLU and leaky ReLU have no derivative; there it is the one from the
   * left.
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
   * @throws IllegalArgumentException if the text has none of these forms; the message lists them
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
