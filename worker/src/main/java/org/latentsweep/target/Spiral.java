package org.latentsweep.target;

import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.numbers.gamma.ErfDifference;
import org.apache.commons.numbers.gamma.Erfcx;

/**
 * The target {@code spiral} of the published recipes: u, v ~ U(-1, 1); r = 0.05 + 0.90 (u + 1) / 2
 * + 0.05 v; theta = 3 pi u; x = r (cos theta, sin theta). Its entropy is -0.264052 nats.
 *
 * <p>The density follows exactly from the change of variables. With |det J| = |d(x, y)/d(u, v)| = r
 * * 3 pi * 0.05, p(x) is the sum of (1/4) / |det J| over the (u, v) in [-1, 1]^2 that map to x.
 * Each branch theta = atan2(y, x) + 2 pi j gives one candidate. Outside the spiral's band p is 0.
 *
 * <p>The smoothed density is a quadrature over u alone: for fixed u the points are uniform on a
 * radial segment, and the integral of a Gaussian over a segment is a difference of error functions.
 *
 * <pre>(p * N_h)(x) = 1/2 int_{-1}^{1} du N(x_perp; 0, h^2) [Phi((b - t)/h) - Phi((a - t)/h)] / 0.1
 * </pre>
 *
 * Here t and x_perp are the components of x along and across the direction theta(u), and [a, b] =
 * r(u, 0) -+ 0.05.
 */
public final class Spiral implements TargetDistribution {
  private static final double SLOPE = 0.45; // dr/du
  private static final double HALF_BAND = 0.05; // dr/dv
  private static final double TURN = 3 * Math.PI; // dtheta/du
  private static final double MID = 0.05 + SLOPE; // r at u = v = 0
  private static final double SQRT2 = Math.sqrt(2);

  /** Called by {@link java.util.ServiceLoader}. */
  public Spiral() {}

  @Override
  public String name() {
    return "spiral";
  }

  @Override
  public int dimensions() {
    return 2;
  }

  @Override
  public double logDensity(double[] x) {
    double r = Math.hypot(x[0], x[1]);
    double angle = Math.atan2(x[1], x[0]);
    double density = 0;
    // theta is in [-3 pi, 3 pi] and atan2 in [-pi, pi], so that branches -2 to 2 are all there are
    for (int branch = -2; branch <= 2; branch++) {
      double u = (angle + 2 * Math.PI * branch) / TURN;
      double v = (r - MID - SLOPE * u) / HALF_BAND;
      if (Math.abs(u) <= 1 && Math.abs(v) <= 1) {
        density += 0.25 / (r * TURN * HALF_BAND);
      }
    }
    return Math.log(density);
  }

  @Override
  public void sample(RandomGenerator random, float[] points) {
    double[] z = new double[2];
    double[] x = new double[2];
    for (int row = 0; row < points.length; row += 2) {
      z[0] = 2 * random.nextDouble() - 1;
      z[1] = 2 * random.nextDouble() - 1;
      naturalMap().map(z, x);
      points[row] = (float) x[0];
      points[row + 1] = (float) x[1];
    }
  }

  @Override
  public boolean smoothedInClosedForm() {
    return false;
  }

  @Override
  public double smoothedLogDensity(double[] x, double h) {
    // Along the spiral's arc, which is at most 2 TURN long, the integrand is a bump of width h or
    // more. The trapezoidal rule on nodes h/4 apart is exact to rounding, except at the two ends of
    // the arc, where its error is O(h^2/16^2).
    int n = (int) Math.ceil(2 * TURN / (h / 4));
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i <= n; i++) {
      double u = -1 + 2.0 * i / n;
      double term = logSegment(x, u, h) + (i == 0 || i == n ? -Math.log(2) : 0);
      if (term > max) {
        sum = sum * Math.exp(max - term) + 1;
        max = term;
      } else {
        sum += Math.exp(term - max);
      }
    }
    return max + Math.log(sum / n); // (1/2) * du, du = 2/n
  }

  /** Returns the logarithm of the integrand at u. */
  private static double logSegment(double[] x, double u, double h) {
    double cos = Math.cos(TURN * u);
    double sin = Math.sin(TURN * u);
    double along = x[0] * cos + x[1] * sin;
    double across = x[1] * cos - x[0] * sin;
    double middle = MID + SLOPE * u;
    double low = (middle - HALF_BAND - along) / (SQRT2 * h);
    double width = 2 * HALF_BAND / (SQRT2 * h);
    return -across * across / (2 * h * h)
        - Math.log(Math.sqrt(2 * Math.PI) * h)
        + logErfDifference(low, width)
        - Math.log(2 * 2 * HALF_BAND);
  }

  /**
   * Returns log(erf(low + width) - erf(low)) for width above 0, without underflow in either tail.
   */
  private static double logErfDifference(double low, double width) {
    double high = low + width;
    if (high < 0) {
      return logErfDifference(-high, width);
    }
    if (low < 5) { // chosen by judgement: erfc(5) = 1.5e-12 is still far from underflow
      return Math.log(ErfDifference.value(low, high));
    }
    // This is erfc(low) - erfc(high) with erfc(z) = exp(-z^2) erfcx(z). It uses width instead of
    // high - low, which is 0 if low is so large that adding width does not change it.
    return -low * low
        + Math.log(Erfcx.value(low) - Math.exp(-width * (2 * low + width)) * Erfcx.value(high));
  }

  @Override
  public List<Mode> modes() {
    return List.of();
  }

  @Override
  public NaturalMap naturalMap() {
    return SpiralMap.INSTANCE;
  }

  @Override
  public NoiseLaw defaultNoise() {
    return new NoiseLaw.Normal();
  }

  /** Chosen by judgement: three fifths of the half width of the band. */
  @Override
  public double defaultBandwidth() {
    return 0.03;
  }

  /** The radius of the disc that contains the spiral. */
  @Override
  public double drawnHalfWidth() {
    return 1;
  }

  @Override
  public double supportHalfWidth() {
    return 1;
  }

  private enum SpiralMap implements NaturalMap {
    INSTANCE;

    @Override
    public NoiseLaw noise() {
      return new NoiseLaw.Uniform(-1, 1);
    }

    @Override
    public int latentDimension() {
      return 2;
    }

    @Override
    public void map(double[] z, double[] x) {
      double r = MID + SLOPE * z[0] + HALF_BAND * z[1];
      x[0] = r * Math.cos(TURN * z[0]);
      x[1] = r * Math.sin(TURN * z[0]);
    }
  }
}
