package org.latentsweep.target;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A mixture of isotropic normals, p(x) = sum_m w_m N(x; c_m, s_m^2 I). Smoothed by N_h, it is the
 * same mixture with the variances s_m^2 + h^2.
 *
 * <p>A new target of this kind extends this class with its modes and a natural map.
 */
public abstract class GaussianMixture implements TargetDistribution {
  /**
   * Where there are several modes, a point is stray if it is more standard deviations than this
   * from each of them. It is the distance within which VEEGAN (Srivastava et al. 2017) counts a
   * sample as of high quality; at most exp(-4.5) of a mode's mass lies beyond.
   */
  private static final double STRAY_FROM_SEVERAL_MODES = 3;

  /**
   * Where there is one mode, a point is stray if it is more standard deviations than this from it.
   * Chosen by judgement: at most exp(-8) of the mass lies beyond.
   */
  private static final double STRAY_FROM_ONE_MODE = 4;

  private final List<Mode> modes;
  private final int dimensions;
  private final double[][] centres; // [M, d]
  private final double[] sd; // [M]
  private final double[] logWeight; // [M]
  private final double[] cumulativeWeight; // [M]

  /**
   * Creates the mixture of these components.
   *
   * @throws IllegalArgumentException if there are none, their dimensions differ, or their weights
   *     do not sum to 1 within 1e-9
   */
  protected GaussianMixture(List<Mode> modes) {
    this.modes = List.copyOf(modes);
    if (modes.isEmpty()) {
      throw new IllegalArgumentException("Cannot make a mixture: it has no modes");
    }
    dimensions = modes.get(0).centre().size();
    centres = new double[modes.size()][];
    sd = new double[modes.size()];
    logWeight = new double[modes.size()];
    cumulativeWeight = new double[modes.size()];
    double total = 0;
    for (int m = 0; m < sd.length; m++) {
      Mode mode = modes.get(m);
      if (mode.centre().size() != dimensions) {
        throw new IllegalArgumentException(
            "Cannot make a mixture: its modes have "
                + dimensions
                + " and "
                + mode.centre().size()
                + " dimensions");
      }
      centres[m] = mode.centre().stream().mapToDouble(Double::doubleValue).toArray();
      sd[m] = mode.standardDeviation();
      logWeight[m] = Math.log(mode.weight());
      total += mode.weight();
      cumulativeWeight[m] = total;
    }
    if (Math.abs(total - 1) > 1e-9) {
      throw new IllegalArgumentException("Cannot make a mixture: weights sum to " + total);
    }
  }

  @Override
  public final int dimensions() {
    return dimensions;
  }

  @Override
  public final List<Mode> modes() {
    return modes;
  }

  @Override
  public final double logDensity(double[] x) {
    return smoothedLogDensity(x, 0);
  }

  @Override
  public final boolean smoothedInClosedForm() {
    return true;
  }

  @Override
  public final double smoothedLogDensity(double[] x, double h) {
    // log-sum-exp over the components, so that far tails stay finite
    double max = Double.NEGATIVE_INFINITY;
    for (int m = 0; m < sd.length; m++) {
      max = Math.max(max, logComponent(m, x, h));
    }
    double sum = 0;
    for (int m = 0; m < sd.length; m++) {
      sum += Math.exp(logComponent(m, x, h) - max);
    }
    return max + Math.log(sum);
  }

  /**
   * Returns whether x is more than {@value #STRAY_FROM_SEVERAL_MODES} standard deviations from
   * every mode, or more than {@value #STRAY_FROM_ONE_MODE} from the only one.
   */
  @Override
  public final boolean isStray(double[] x) {
    double limit = sd.length == 1 ? STRAY_FROM_ONE_MODE : STRAY_FROM_SEVERAL_MODES;
    for (int m = 0; m < sd.length; m++) {
      double radius = limit * sd[m];
      if (squaredDistance(m, x) <= radius * radius) {
        return false;
      }
    }
    return true;
  }

  private double logComponent(int m, double[] x, double h) {
    double variance = sd[m] * sd[m] + h * h;
    return logWeight[m]
        - squaredDistance(m, x) / (2 * variance)
        - 0.5 * dimensions * Math.log(2 * Math.PI * variance);
  }

  private double squaredDistance(int m, double[] x) {
    double squared = 0;
    for (int j = 0; j < dimensions; j++) {
      double d = x[j] - centres[m][j];
      squared += d * d;
    }
    return squared;
  }

  @Override
  public final void sample(RandomGenerator random, float[] points) {
    for (int row = 0; row < points.length; row += dimensions) {
      int m = sd.length == 1 ? 0 : component(random.nextDouble());
      for (int j = 0; j < dimensions; j++) {
        points[row + j] = (float) (centres[m][j] + sd[m] * random.nextGaussian());
      }
    }
  }

  private int component(double u) {
    int m = 0;
    while (m < sd.length - 1 && u >= cumulativeWeight[m]) {
      m++;
    }
    return m;
  }
}
