package org.latentsweep.mapping;

import java.util.Arrays;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * The natural map of a target as an ideal generator. It gets the noise of the generators, which
 * quantiles transform coordinate by coordinate to the law of the natural map. If one of the two
 * laws has a one-hot vector and the other has none, it gets noise of its own law instead.
 *
 * <p>Its derivatives are central differences in the continuous coordinates of the noise.
 */
final class NaturalLatentMap implements LatentMap {
  /**
   * Step of the differences over the interquartile range of the noise. Chosen by judgement: smaller
   * steps lose digits to rounding, and greater ones to curvature.
   */
  private static final double STEP = 1e-6;

  /** Distance that probabilities keep from 0 and 1, whose quantiles may be infinite. */
  private static final double EDGE = 0x1p-53;

  private final NaturalMap natural;
  private final int dimensions;
  private final NoiseLaw noise;
  private final int continuous;
  private final double step;

  /**
   * Makes the map.
   *
   * @param generators law of the noise of the generators
   */
  NaturalLatentMap(TargetDistribution target, NoiseLaw generators) {
    natural = target.naturalMap();
    dimensions = target.dimensions();
    int k = natural.latentDimension();
    noise =
        isContinuous(generators, k) && isContinuous(natural.noise(), k)
            ? generators
            : natural.noise();
    continuous = noise.continuousDimensions(k);
    step = STEP * (noise.quantile(0.75) - noise.quantile(0.25));
  }

  private static boolean isContinuous(NoiseLaw noise, int k) {
    return noise.continuousDimensions(k) == k;
  }

  /** Returns the law of the noise that this map takes. */
  NoiseLaw noise() {
    return noise;
  }

  @Override
  public int latentDimension() {
    return natural.latentDimension();
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public void value(double[] z, double[] x) {
    double[] own = z.clone();
    for (int j = 0; j < continuous; j++) {
      double p = Math.min(1 - EDGE, Math.max(EDGE, noise.cumulative(z[j])));
      own[j] = natural.noise().quantile(p);
    }
    natural.map(own, x);
  }

  @Override
  public void valueAndJacobian(double[] z, double[] x, double[] jacobian) {
    value(z, x);
    Arrays.fill(jacobian, 0);
    double[] moved = z.clone();
    double[] above = new double[dimensions];
    double[] below = new double[dimensions];
    for (int j = 0; j < continuous; j++) {
      moved[j] = z[j] + step;
      value(moved, above);
      moved[j] = z[j] - step;
      value(moved, below);
      moved[j] = z[j];
      for (int c = 0; c < dimensions; c++) {
        jacobian[c * z.length + j] = (above[c] - below[c]) / (2 * step);
      }
    }
  }
}
