package org.latentsweep.coverage;

import java.util.List;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.Mode;
import org.latentsweep.target.TargetDistribution;

/**
 * The first two moments: {@code mean_error} = |mean q - mean p|, and {@code sd_ratio} = sqrt(tr Cov
 * q / tr Cov p). Of mixtures in closed form, mean sum_m w_m c_m and trace sum_m w_m (d s_m^2 +
 * |c_m|^2) - |mean|^2; else by {@link TargetAtoms}. Standard errors by the delta method.
 */
final class Moments {
  private static final String ESTIMATOR = "sample-moments";

  private final int dimensions;
  private double meanX;
  private double meanY;
  private double trace;

  Moments(TargetDistribution target, TargetAtoms atoms) {
    dimensions = target.dimensions();
    if (target.modes().isEmpty()) {
      for (int i = 0; i < atoms.count(); i++) {
        add(atoms.weight(i), atoms.x(i), atoms.y(i), 0);
      }
    } else {
      for (Mode mode : target.modes()) {
        double y = dimensions == 1 ? 0 : mode.centre().get(1);
        add(mode.weight(), mode.centre().get(0), y, mode.standardDeviation());
      }
    }
    trace -= meanX * meanX + meanY * meanY;
  }

  private void add(double weight, double x, double y, double sd) {
    meanX += weight * x;
    meanY += weight * y;
    trace += weight * (x * x + y * y + dimensions * sd * sd);
  }

  /** Both of samples, row-major [n, d]. */
  List<Metric> estimates(float[] points) {
    int n = points.length / dimensions;
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < n; i++) {
      sumX += points[i * dimensions];
      sumY += dimensions == 1 ? 0 : points[2 * i + 1];
    }
    double offX = sumX / n - meanX;
    double offY = sumY / n - meanY;
    double off = Math.hypot(offX, offY);
    double squares = 0; // of the squared distances from the mean
    double sum = 0; // of these distances
    double along = 0; // of the squared components along the mean's error
    for (int i = 0; i < n; i++) {
      double x = points[i * dimensions] - sumX / n;
      double y = dimensions == 1 ? 0 : points[2 * i + 1] - sumY / n;
      double distance = x * x + y * y;
      sum += distance;
      squares += distance * distance;
      along += off == 0 ? distance / dimensions : Math.pow((x * offX + y * offY) / off, 2);
    }
    double variance = sum / (n - 1.0);
    double ratio = Math.sqrt(variance / trace);
    double spread = Math.max(0, squares / n - Math.pow(sum / n, 2)) / n;
    return List.of(
        Estimates.notNegative("mean_error", ESTIMATOR, off, Math.sqrt(along / (n - 1.0) / n), n),
        Estimates.notNegative(
            "sd_ratio",
            ESTIMATOR,
            ratio,
            variance == 0 ? 0 : ratio * Math.sqrt(spread) / (2 * variance),
            n));
  }
}
