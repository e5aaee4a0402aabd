package org.latentsweep.mapping;

import java.util.Arrays;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * A target's natural map as an ideal generator: fed with the law that generators are fed with,
 * which quantiles take coordinate by coordinate to the map's own law. Where one of the two laws has
 * a one-hot vector and the other has not, it is fed with its own.
 *
 * <p>Differentiated numerically, by central differences, in the law's continuous coordinates only.
 */
final class NaturalLatentMap implements LatentMap {
  private static final double STEP = 1e-6; // of the law's interquartile range
  private static final double EDGE = 0x1p-53; // quantiles of 0 and 1 can be infinite

  private final NaturalMap natural;
  private final int dimensions;
  private final NoiseLaw noise;
  private final int continuous;
  private final double step;

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

  /** The law that it is fed with. */
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
