package org.latentsweep.divergence;

import java.util.random.RandomGenerator;
import org.apache.commons.numbers.gamma.ErfDifference;

/** The uniform distribution on [-2, 2]^2. */
final class UniformSquare extends StudyLaw {
  static final double HALF_SIDE = 2;

  /** Four half sides, so that the edges of the square are edges of a quadrature's cells. */
  private static final double SUPPORT = 4 * HALF_SIDE;

  UniformSquare(String name) {
    super(name, SUPPORT);
  }

  @Override
  void draw(RandomGenerator random, double[] x) {
    x[0] = HALF_SIDE * (2 * random.nextDouble() - 1);
    x[1] = HALF_SIDE * (2 * random.nextDouble() - 1);
  }

  @Override
  public double logDensity(double[] x) {
    boolean inside = Math.abs(x[0]) <= HALF_SIDE && Math.abs(x[1]) <= HALF_SIDE;
    return inside ? -2 * Math.log(2 * HALF_SIDE) : Double.NEGATIVE_INFINITY;
  }

  @Override
  public double smoothedLogDensity(double[] x, double h) {
    return h == 0 ? logDensity(x) : logFactor(x[0], h) + logFactor(x[1], h);
  }

  /**
   * Returns the log of the smoothed density of one coordinate, at least that of the least float.
   */
  private static double logFactor(double x, double h) {
    double scale = Math.sqrt(2) * h;
    double difference =
        ErfDifference.value((-HALF_SIDE - Math.abs(x)) / scale, (HALF_SIDE - Math.abs(x)) / scale);
    return Math.log(Math.max(Double.MIN_NORMAL, difference / (4 * HALF_SIDE)));
  }
}
