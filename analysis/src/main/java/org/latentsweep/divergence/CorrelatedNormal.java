package org.latentsweep.divergence;

import java.util.random.RandomGenerator;

/** A normal distribution with unit variances and correlation rho; its axes are the diagonals. */
final class CorrelatedNormal extends StudyLaw {
  /** Standard deviations, of which the greater is below sqrt 2, that count as support. */
  private static final double SUPPORT = 6.5;

  private final double rho;

  CorrelatedNormal(String name, double rho) {
    super(name, SUPPORT * Math.sqrt(2));
    this.rho = rho;
  }

  @Override
  void draw(RandomGenerator random, double[] x) {
    x[0] = random.nextGaussian();
    x[1] = rho * x[0] + Math.sqrt(1 - rho * rho) * random.nextGaussian();
  }

  @Override
  public double logDensity(double[] x) {
    return smoothedLogDensity(x, 0);
  }

  @Override
  public double smoothedLogDensity(double[] x, double h) {
    double along = 1 + rho + h * h; // variance of (x + y) / sqrt 2
    double across = 1 - rho + h * h;
    double sum = x[0] + x[1];
    double difference = x[0] - x[1];
    return -sum * sum / (4 * along)
        - difference * difference / (4 * across)
        - 0.5 * Math.log(along * across)
        - Math.log(2 * Math.PI);
  }
}
