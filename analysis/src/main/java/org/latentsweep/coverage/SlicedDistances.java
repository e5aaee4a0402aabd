package org.latentsweep.coverage;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.numbers.gamma.Erfc;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.Mode;
import org.latentsweep.target.TargetDistribution;

/**
 * Distances between a target p and samples q from the distribution functions of their projections,
 * P and Q, onto L = {@value #DIRECTIONS} directions evenly spaced over half a turn, in one
 * dimension onto the only one:
 *
 * <ul>
 *   <li>{@code sliced_wasserstein}: the mean over directions of W1 = int |Q - P| dt. The first
 *       Wasserstein distance rather than the second: it is in the units of the sample space, finite
 *       where a mean is, and a few samples far away do not drown the rest.
 *   <li>{@code energy_distance}: D with D^2 = 2 E|X - Y| - E|X - X'| - E|Y - Y'| (Szekely and Rizzo
 *       2013), X from p and Y from q. In one dimension D^2 = 2 int (Q - P)^2 dt, and D is what
 *       {@code scipy.stats.energy_distance} gives. In two, since the mean over directions of |cos|
 *       is 2 / pi, D^2 is pi / 2 times the mean of that over directions; with L of them |x - y| is
 *       replaced by a norm within 2e-4 of it.
 * </ul>
 *
 * <p>P is known: closed form for mixtures, else by {@link TargetAtoms}. Q is binned linearly, which
 * makes its mean over every bin exact. Standard errors come from influence functions: -int_{-inf}^x
 * sign(Q - P) dt for W1 and -4 int_{-inf}^x (Q - P) dt for D^2, averaged over directions. Both
 * distances are positive also for the target's own samples, and then the errors are too large.
 */
final class SlicedDistances {
  private static final int DIRECTIONS = 64;
  private static final int BINS = 2048;

  private final int dimensions;
  private final double halfWidth;
  private final double[] cos; // [L]
  private final double[] sin;
  private final double[][] target; // [L, BINS], means of P over the inner bins

  /** Projects the target. */
  SlicedDistances(TargetDistribution target, TargetAtoms atoms) {
    dimensions = target.dimensions();
    int directions = dimensions == 1 ? 1 : DIRECTIONS;
    halfWidth = target.supportHalfWidth() * Math.sqrt(dimensions);
    cos = new double[directions];
    sin = new double[directions];
    this.target = new double[directions][];
    for (int l = 0; l < directions; l++) {
      double angle = dimensions == 1 ? 0 : Math.PI * (l + 0.5) / directions;
      cos[l] = Math.cos(angle);
      sin[l] = Math.sin(angle);
      this.target[l] = target.modes().isEmpty() ? binned(atoms, l) : closedForm(target.modes(), l);
    }
  }

  /**
   * Means over bins of sum_m w_m Phi((t - c_m) / s_m), from its integral sum_m w_m s_m (z Phi(z) +
   * phi(z)), z = (t - c_m) / s_m.
   */
  private double[] closedForm(List<Mode> modes, int direction) {
    double[] integral = new double[BINS + 1];
    for (Mode mode : modes) {
      double centre = mode.centre().get(0) * cos[direction];
      centre += dimensions == 1 ? 0 : mode.centre().get(1) * sin[direction];
      double sd = mode.standardDeviation();
      for (int j = 0; j <= BINS; j++) {
        double z = (halfWidth * (2.0 * j / BINS - 1) - centre) / sd;
        double upTo = 0.5 * Erfc.value(-z / Math.sqrt(2));
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        integral[j] += mode.weight() * sd * (z * upTo + density);
      }
    }
    double[] means = new double[BINS];
    Arrays.setAll(means, j -> (integral[j + 1] - integral[j]) / (2 * halfWidth / BINS));
    return means;
  }

  private double[] binned(TargetAtoms atoms, int direction) {
    LogLinearBins bins = new LogLinearBins(halfWidth, BINS, 0);
    double[] mass = new double[bins.count() + 1];
    for (int i = 0; i < atoms.count(); i++) {
      double t = atoms.x(i) * cos[direction] + atoms.y(i) * sin[direction];
      add(mass, bins.position(Math.max(-halfWidth, Math.min(halfWidth, t))), atoms.weight(i));
    }
    Arrays.parallelPrefix(mass, Double::sum);
    return Arrays.copyOfRange(mass, bins.firstInner(), bins.firstInner() + BINS);
  }

  private static void add(double[] mass, double position, double weight) {
    int bin = (int) position;
    double fraction = position - bin;
    mass[bin] += weight * (1 - fraction);
    mass[bin + 1] += weight * fraction;
  }

  /** Both distances of samples, row-major [n, d], finite. */
  List<Metric> estimates(float[] points) {
    Comparison comparison = new Comparison(points);
    for (int l = 0; l < cos.length; l++) {
      comparison.add(l);
    }
    return List.of(comparison.wasserstein(), comparison.energy());
  }

  private String estimator() {
    return dimensions == 1 ? "exact-target" : "exact-target-" + DIRECTIONS + "-directions";
  }

  /** Sums over directions. */
  private final class Comparison {
    private final float[] points;
    private final int n;
    private final LogLinearBins bins;
    private final int[] bin; // [n], of the direction being added
    private final float[] fraction; // [n], how far in its bin
    private final double[] signInfluence; // [n], -sum_l int_{-inf}^x sign(Q - P) dt
    private final double[] differenceInfluence; // [n], -sum_l int_{-inf}^x (Q - P) dt
    private double absolute; // sum_l int |Q - P| dt
    private double squared; // sum_l int (Q - P)^2 dt

    Comparison(float[] points) {
      this.points = points;
      n = points.length / dimensions;
      bins = new LogLinearBins(halfWidth, BINS, reach());
      bin = new int[n];
      fraction = new float[n];
      signInfluence = new double[n];
      differenceInfluence = new double[n];
    }

    private double reach() {
      double squaredReach = 0;
      for (int i = 0; i < n; i++) {
        double x = points[i * dimensions];
        double y = dimensions == 1 ? 0 : points[i * dimensions + 1];
        squaredReach = Math.max(squaredReach, x * x + y * y);
      }
      return Math.sqrt(squaredReach);
    }

    void add(int direction) {
      double[] difference = difference(direction);
      double[] signSum = new double[difference.length + 1]; // up to the bin's lower edge
      double[] differenceSum = new double[difference.length + 1];
      for (int j = 0; j < difference.length; j++) {
        double width = bins.width(j);
        absolute += Math.abs(difference[j]) * width;
        squared += difference[j] * difference[j] * width;
        signSum[j + 1] = signSum[j] + Math.signum(difference[j]) * width;
        differenceSum[j + 1] = differenceSum[j] + difference[j] * width;
      }
      for (int i = 0; i < n; i++) {
        int j = bin[i];
        double f = fraction[i];
        signInfluence[i] -= (1 - f) * signSum[j] + f * signSum[j + 1];
        differenceInfluence[i] -= (1 - f) * differenceSum[j] + f * differenceSum[j + 1];
      }
    }

    /** Q - P, its mean over every bin; P is 0 and 1 outside the inner ones. */
    private double[] difference(int direction) {
      double[] mass = new double[bins.count() + 1];
      for (int i = 0; i < n; i++) {
        double y = dimensions == 1 ? 0 : points[2 * i + 1];
        double position =
            bins.position(points[i * dimensions] * cos[direction] + y * sin[direction]);
        bin[i] = (int) position;
        fraction[i] = (float) (position - bin[i]);
        SlicedDistances.add(mass, position, 1);
      }
      double[] p = target[direction];
      double[] difference = new double[bins.count()];
      double below = 0;
      for (int j = 0; j < difference.length; j++) {
        below += mass[j];
        int k = j - bins.firstInner();
        difference[j] = below / n - (k < 0 ? 0 : k < BINS ? p[k] : 1);
      }
      return difference;
    }

    Metric wasserstein() {
      return Estimates.notNegative(
          "sliced_wasserstein",
          "w1-" + estimator(),
          absolute / cos.length,
          errorOfMean(signInfluence),
          n);
    }

    Metric energy() {
      double factor = dimensions == 1 ? 1 : Math.PI / 2;
      double value = Math.sqrt(2 * factor * squared / cos.length);
      double error = value == 0 ? 0 : 4 * factor * errorOfMean(differenceInfluence) / (2 * value);
      return Estimates.notNegative("energy_distance", estimator(), value, error, n);
    }

    /** The standard error of the mean over samples of an influence, averaged over directions. */
    private double errorOfMean(double[] influence) {
      double mean = Arrays.stream(influence).sum() / n;
      double squares = 0;
      for (double value : influence) {
        squares += (value - mean) * (value - mean);
      }
      return Math.sqrt(squares / (n - 1.0) / n) / cos.length;
    }
  }
}
