package org.latentsweep.network;

import java.util.Locale;

/**
 * A pair of adversarial losses, as functions of the discriminator's output s before any sigmoid
 * (its logit, or its score); each network minimises the mean of its own over a batch.
 */
public enum Loss {
  /**
   * Binary cross-entropy; the generator labels its fakes 1: L_D = softplus(-s) on real, softplus(s)
   * on fake; L_G = softplus(-s). Goodfellow et al. 2014, section 3, the non-saturating form.
   */
  NON_SATURATING {
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
   * The zero-sum game: the discriminator as above, L_G = log(1 - sigmoid(s)) = -softplus(s).
   * Goodfellow et al. 2014, equation 1.
   */
  MINIMAX {
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
   * L_D = (s - 1)^2 / 2 on real, s^2 / 2 on fake; L_G = (s - 1)^2 / 2. Mao et al. 2017, equation 9.
   */
  LEAST_SQUARES {
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

    @Override
    public double threshold() {
      return 0.5;
    }
  },

  /**
   * L_D = max(0, 1 - s) on real, max(0, 1 + s) on fake; L_G = -s. Lim and Ye 2017; Miyato et al.
   * 2018, equations 16 and 17.
   */
  HINGE {
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

  /** The discriminator's loss on one sample with output s. */
  public abstract double discriminator(double s, boolean real);

  /** Its derivative by s. */
  public abstract double discriminatorSlope(double s, boolean real);

  /** The generator's loss on one fake with discriminator output s. */
  public abstract double generator(double s);

  /** Its derivative by s. */
  public abstract double generatorSlope(double s);

  /** The output above which a sample counts as judged real. */
  public double threshold() {
    return 0;
  }

  /** The name in configurations: {@code non-saturating} and so on. */
  public String configName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The loss of that name.
   *
   * @throws IllegalArgumentException naming the losses there are
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

  /** log(1 + e^x) without overflow. */
  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
