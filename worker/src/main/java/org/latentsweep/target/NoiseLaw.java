package org.latentsweep.target;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;

/**
 * The law of a generator's input: independent coordinates that are all normal or all uniform, or
 * normals followed by a one-hot vector.
 *
 * <p>{@link #toString} returns the canonical form, which {@link #parse} reads.
 */
public sealed interface NoiseLaw extends Serializable {

  /** The forms that {@link #parse} reads, as messages list them. */
  String FORMS = "normal, uniform(a,b), normal+one-hot(m)";

  /**
   * Draws latents.
   *
   * @param random the only source of randomness
   * @param k the latent dimension
   * @param latents receives latents.length / k latents, row-major [n, k]
   */
  void fill(RandomGenerator random, int k, float[] latents);

  /** Returns the smallest latent dimension that this law is defined for. */
  default int minimumLatentDimension() {
    return 1;
  }

  /**
   * Returns how many of k coordinates are continuous. They come first, are independent and have the
   * same law; the others are a one-hot vector.
   */
  default int continuousDimensions(int k) {
    return k;
  }

  /**
   * Returns the quantile function of one continuous coordinate.
   *
   * @param p a probability, in (0, 1)
   */
  double quantile(double p);

  /** Returns the cumulative distribution function of one continuous coordinate. */
  double cumulative(double z);

  /** The law N(0, 1)^k. */
  record Normal() implements NoiseLaw {
    private static final double SQRT2 = Math.sqrt(2);

    @Override
    public void fill(RandomGenerator random, int k, float[] latents) {
      for (int i = 0; i < latents.length; i++) {
        latents[i] = (float) random.nextGaussian();
      }
    }

    @Override
    public double quantile(double p) {
      return -SQRT2 * InverseErfc.value(2 * p);
    }

    @Override
    public double cumulative(double z) {
      return 0.5 * Erfc.value(-z / SQRT2);
    }

    @Override
    public String toString() {
      return "normal";
    }
  }

  /**
   * The law U(low, high)^k.
   *
   * @param low the lower end, inclusive
   * @param high the upper end, exclusive
   */
  record Uniform(double low, double high) implements NoiseLaw {
    /** Checks the ends. */
    public Uniform {
      if (!(low < high) || Double.isInfinite(high - low)) {
        throw new IllegalArgumentException(
            "Cannot make uniform noise: needs finite low < high, found " + low + ", " + high);
      }
    }

    @Override
    public void fill(RandomGenerator random, int k, float[] latents) {
      for (int i = 0; i < latents.length; i++) {
        latents[i] = (float) (low + (high - low) * random.nextFloat());
      }
    }

    @Override
    public double quantile(double p) {
      return low + (high - low) * p;
    }

    @Override
    public double cumulative(double z) {
      return (z - low) / (high - low);
    }

    @Override
    public String toString() {
      return "uniform(" + number(low) + "," + number(high) + ")";
    }

    /** Returns a whole number below 1e9 without a decimal point, as users write it. */
    private static String number(double x) {
      return x == Math.rint(x) && Math.abs(x) < 1e9 ? Long.toString((long) x) : Double.toString(x);
    }
  }

  /**
   * The law N(0, 1)^(k - m) followed by a one-hot vector of length m, whose entry 1 is uniformly
   * distributed over the m places.
   *
   * @param places m, at least 2
   */
  record NormalOneHot(int places) implements NoiseLaw {
    /** Checks the number of places. */
    public NormalOneHot {
      if (places < 2) {
        throw new IllegalArgumentException(
            "Cannot make one-hot noise: needs 2 places or more, found " + places);
      }
    }

    @Override
    public int minimumLatentDimension() {
      return places;
    }

    @Override
    public int continuousDimensions(int k) {
      return k - places;
    }

    @Override
    public double quantile(double p) {
      return new Normal().quantile(p);
    }

    @Override
    public double cumulative(double z) {
      return new Normal().cumulative(z);
    }

    @Override
    public void fill(RandomGenerator random, int k, float[] latents) {
      int normals = k - places;
      for (int row = 0; row < latents.length; row += k) {
        for (int j = 0; j < normals; j++) {
          latents[row + j] = (float) random.nextGaussian();
        }
        Arrays.fill(latents, row + normals, row + k, 0f);
        latents[row + normals + random.nextInt(places)] = 1f;
      }
    }

    @Override
    public String toString() {
      return "normal+one-hot(" + places + ")";
    }
  }

  /**
   * Reads {@code normal}, {@code uniform(a,b)} or {@code normal+one-hot(m)}.
   *
   * @throws IllegalArgumentException if the text has none of these forms; the message lists them
   */
  static NoiseLaw parse(String text) {
    String law = text.toLowerCase(Locale.ROOT).replace(" ", "");
    if (law.equals("normal")) {
      return new Normal();
    }
    try {
      Matcher uniform = Pattern.compile("uniform\\(([^,]+),([^,]+)\\)").matcher(law);
      if (uniform.matches()) {
        return new Uniform(
            Double.parseDouble(uniform.group(1)), Double.parseDouble(uniform.group(2)));
      }
      Matcher oneHot = Pattern.compile("normal\\+one-hot\\((\\d+)\\)").matcher(law);
      if (oneHot.matches()) {
        return new NormalOneHot(Integer.parseInt(oneHot.group(1)));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Cannot read noise law: '" + text + "' holds no number where one belongs; use " + FORMS,
          e);
    }
    throw new IllegalArgumentException(
        "Cannot read noise law: unknown '" + text + "'; use " + FORMS);
  }
}
