package org.latentsweep.mlflow;

import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.table.Nullable;

/**
 * A value of a metric of a run.
 *
 * @param step step after which it was measured
 * @param metric name of the metric
 * @param bandwidth bandwidth of the smoothing or of the kernel; null if there is none
 * @param value the value
 */
record MeasuredValue(int step, String metric, @Nullable Double bandwidth, double value) {

  /**
   * Returns the name of the metric, followed by the bandwidth as in {@code kl_mean/2h} if it is
   * smoothed with another bandwidth than that of the target.
   *
   * @param h bandwidth of the target
   */
  String name(double h) {
    if (!SmoothedDivergences.names().contains(metric)) {
      return metric;
    }
    Bandwidth relative = new Bandwidth(bandwidth / h);
    return relative.factor() == 1 ? metric : metric + "/" + relative.label();
  }
}
