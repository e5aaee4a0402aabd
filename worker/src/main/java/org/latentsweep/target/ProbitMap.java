package org.latentsweep.target;

import org.apache.commons.numbers.gamma.InverseErf;

/**
 * The map from U(-1, 1)^d to N(0, 1)^d that applies the normal's quantile function to each
 * coordinate: z -> probit((z + 1) / 2) = sqrt(2) erf^-1(z).
 *
 * @param latentDimension d
 */
record ProbitMap(int latentDimension) implements NaturalMap {
  private static final double SQRT2 = Math.sqrt(2);

  @Override
  public NoiseLaw noise() {
    return new NoiseLaw.Uniform(-1, 1);
  }

  @Override
  public void map(double[] z, double[] x) {
    for (int j = 0; j < latentDimension; j++) {
      x[j] = SQRT2 * InverseErf.value(z[j]);
    }
  }
}
