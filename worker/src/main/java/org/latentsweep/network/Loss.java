package org.latentsweep.network;

import java.util.Locale;

/**
 * A pair of adversarial losses, one of the discriminator and one of the generator, each a function
 * of the discriminator's output s before any sigmoid. Each network minimises the mean of its own
 * loss over a batch.
 */
public enum Loss {
  /**
   * Binary cross-entropy in its non-saturating form, in which the generator labels its fakes 1: L_D
   * = softplus(-s) on real samples and softplus(s) on fakes; L_G = softplus(-s). Goodfellow et al.
   * 2014, section 3.
   */
  NON_SATURATING("binary cross-entropies in nats") {
    @Override
    public double discriminator(double s, boolean real) {
      return softplus(real ? -s : s);
    }

    @Override
    public double discriminatorSlope(double s, boolean real) {
      return real ? -sigmoid(-s) : sigmoid(s);
    }

    @Override
    public double generator(double s) {
      return softplus(-s);
    }

    @Override
    public double generatorSlope(double s) {
      return -sigmoid(-s);
    }
  },

  /**
   * The zero-sum game: L_D is that of {@link #NON_SATURATING}, and L_G = log(1 - sigmoid(s)) =
   * -softplus(s). Goodfellow et al. 2014, equation 1.
   */
  MINIMAX("binary cross-entropies in nats") {
    @Override
    public double discriminator(double s, boolean real) {
      return NON_SATURATING.discriminator(s, real);
    }

    @Override
    public double discriminatorSlope(double s, boolean real) {
      return NON_SATURATING.discriminatorSlope(s, real);
    }

    @Override
    public double generator(double s) {
      return -softplus(s);
    }

    @Override
    public double generatorSlope(double s) {
      return -sigmoid(s);
    }
  },

  /**
   * Least squares: L_D = (s - 1)^2 / 2 on real samples and s^2 / 2 on fakes; L_G = (s - 1)^2 / 2.
   * Mao et al. 2017, equation 9.
   */
  LEAST_SQUARES("halves of squared errors, which have no unit") {
    @Override
    public double discriminator(double s, boolean real) {
      double d = real ? s - 1 : s;
      return d * d / 2;
    }

    @Override
    public double discriminatorSlope(double s, boolean real) {
      return real ? s - 1 : s;
    }

    @Override
    public double generator(double s) {
      return discriminator(s, true);
    }

    @Override
    public double generatorSlope(double s) {
      return s - 1;
    }

    /** Halfway between the outputs 0 and 1 that fakes and real samples are to have. */
    @Override
    public double threshold() {
      return 0.5;
    }
  },

  /**
   * The hinge loss: L_D = max(0, 1 - s) on real samples and max(0, 1 + s) on fakes; L_G = -s. Lim
   * and Ye 2017; Miyato et al. 2018, equations 16 and 17.
   */
  HINGE("hinge losses, which have no unit") {
    @Override
    public double discriminator(double s, boolean real) {
      return Math.max(0, real ? 1 - s : 1 + s);
    }

    @Override
    public double discriminatorSlope(double s, boolean real) {
      if (real) {
        return s < 1 ? -1 : 0;
      }
      return s > -1 ? 1 : 0;
    }

    @Override
    public double generator(double s) {
      return -s;
    }

    @Override
    public double generatorSlope(double s) {
      return -1;
    }
  };

  private final String description;

  Loss(String description) {
    this.description = description;
  }

  /** Returns the discriminator's loss on one sample, real or fake, with output s. */
  public abstract double discriminator(double s, boolean real);

  /** Returns the derivative of {@link #discriminator} with respect to s. */
  public abstract double discriminatorSlope(double s, boolean real);

  /** Returns the generator's loss on one fake for which the discriminator's output is s. */
  public abstract double generator(double s);

  /** Returns the derivative of {@link #generator} with respect to s. */
  public abstract double generatorSlope(double s);

  /**
   * Returns the output above which a sample counts as judged real: 0, where the sigmoid is 1/2 and
   * which is halfway between the hinge loss's margins -1 and 1, unless a loss overrides it.
   */
  public double threshold() {
    return 0;
  }

  /**
   * Returns what the values of both losses are, in words in the plural, with their unit if they
   * have one, such as {@code binary cross-entropies in nats}.
   */
  public String description() {
    return description;
  }

  /** Returns the name in configurations, such as {@code non-saturating}. */
  public String configName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the loss with that {@link #configName}.
   *
   * @throws IllegalArgumentException if there is none; the message lists the losses there are
   */
  public static Loss named(String name) {
    StringBuilder names = new StringBuilder();
    for (Loss loss : values()) {
      if (loss.configName().equals(name)) {
        return loss;
      }
      names.append(names.isEmpty() ? "" : ", ").append(loss.configName());
    }
    throw new IllegalArgumentException("Cannot find loss '" + name + "'; there are " + names);
  }

  /** Returns log(1 + e^x) without overflow. */
  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
