package org.latentsweep.coverage;

import java.util.List;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.Mode;
import org.latentsweep.target.TargetDistribution;

/**
 * The first two moments of a target p, with which those of samples q are compared:
 *
 * <ul>
 *   <li>{@value #MEAN_ERROR}: |mean q - mean p|, in the units of the sample space;
 *   <li>{@value #SD_RATIO}: sqrt(tr Cov q / tr Cov p).
 * </ul>
 *
 * <p>The moments of mixtures have a closed form: the mean is sum_m w_m c_m and the trace of the
 * covariance is sum_m w_m (d s_m^2 + |c_m|^2) - |mean|^2. Those of other targets are the moments of
 * {@link TargetAtoms}. Standard errors are by the delta method. Immutable.
 */
public final class Moments {
  /** Name of the metric that is the distance of the means. */
  public static final String MEAN_ERROR = "mean_error";

  /** Name of the metric that is the ratio of the standard deviations. */
  public static final String SD_RATIO = "sd_ratio";

  private static final String ESTIMATOR = "sample-moments";

  private final int dimensions;
  private final double meanX;
  private final double meanY;
  private final double trace;

  private Moments(int dimensions, double meanX, double meanY, double trace) {
    this.dimensions = dimensions;
    this.meanX = meanX;
    this.meanY = meanY;
    this.trace = trace;
  }

  /**
   * Computes the moments of a target.
   *
   * @param atoms the target as weighted atoms, which are used if it is no mixture
   */
  static Moments of(TargetDistribution target, TargetAtoms atoms) {
    MomentSums sums = new MomentSums(target.dimensions());
    if (target.modes().isEmpty()) {
      for (int i = 0; i < atoms.count(); i++) {
        sums.add(atoms.weight(i), atoms.x(i), atoms.y(i), 0);
      }
    } else {
      for (Mode mode : target.modes()) {
        double y = target.dimensions() == 1 ? 0 : mode.centre().get(1);
        sums.add(mode.weight(), mode.centre().get(0), y, mode.standardDeviation());
      }
    }
    return sums.moments();
  }

  /** Returns E |X - E X|^2 of a target, the trace of its covariance. */
  public static double meanSquaredDistance(TargetDistribution target) {
    return of(target, TargetAtoms.of(target)).trace;
  }

  /** Returns both metrics of samples, row-major [n, d]. */
  List<Metric> estimates(float[] points) {
    PlanarPoints samples = new PlanarPoints(points, dimensions);
    int n = samples.size();
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < n; i++) {
      sumX += samples.x(i);
      sumY += samples.y(i);
    }
    double offX = sumX / n - meanX;
    double offY = sumY / n - meanY;
    double off = Math.hypot(offX, offY);
    double squares = 0; // of the squared distances from the mean
    double sum = 0; // of the squared distances from the mean
    double along = 0; // of the squared components in the direction of the error of the mean
    for (int i = 0; i < n; i++) {
      double x = samples.x(i) - sumX / n;
      double y = samples.y(i) - sumY / n;
      double distance = x * x + y * y;
      sum += distance;
      squares += distance * distance;
      along += off == 0 ? distance / dimensions : Math.pow((x * offX + y * offY) / off, 2);
    }
    double variance = sum / (n - 1.0);
    double ratio = Math.sqrt(variance / trace);
    double spread = Math.max(0, squares / n - Math.pow(sum / n, 2)) / n;
    return List.of(
        Estimates.notNegative(MEAN_ERROR, ESTIMATOR, off, Math.sqrt(along / (n - 1.0) / n), n),
        Estimates.notNegative(
            SD_RATIO,
            ESTIMATOR,
            ratio,
            variance == 0 ? 0 : ratio * Math.sqrt(spread) / (2 * variance),
            n));
  }

  /** Accumulates the moments of weighted normals. */
  private static final class MomentSums {
    private final int dimensions;
    private double meanX;
    private double meanY;
    private double squares; // mean of the squared distance from the origin

    MomentSums(int dimensions) {
      this.dimensions = dimensions;
    }

    void add(double weight, double x, double y, double sd) {
      meanX += weight * x;
      meanY += weight * y;
      squares += weight * (x * x + y * y + dimensions * sd * sd);
    }

    Moments moments() {
      double trace = squares - (meanX * meanX + meanY * meanY);
      return new Moments(dimensions, meanX, meanY, trace);
    }
  }
}
