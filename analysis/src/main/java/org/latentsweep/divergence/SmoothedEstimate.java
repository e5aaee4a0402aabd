package org.latentsweep.divergence;

import org.latentsweep.metric.Metric;

/**
 * The estimate of one smoothed divergence, in nats.
 *
 * @param plugIn the divergence of the density estimate, before the bias correction
 * @param bias the estimated bias of the plug-in value
 * @param standardError standard error of the corrected value, at least 0
 * @param ciLow lower end of the 95% interval, at least 0
 * @param ciHigh upper end of the 95% interval, infinite if the samples cannot tell
 * @param floored share of the target's mass where samples are scarce; NaN for a divergence that
 *     does not depend on the logarithm of q there
 */
record SmoothedEstimate(
    double plugIn, double bias, double standardError, double ciLow, double ciHigh, double floored) {

  /**
   * Returns an estimate with a normal interval around the value, both cut to what the divergence
   * can be. So an interval never has the width 0 because the value is a little below 0.
   *
   * @param firstOrder standard error without that of the corrections where samples are scarce
   * @param leftUp standard deviation of what the corrections may leave above the value
   * @param leftDown the same below the value, where corrections leave more, as all are too small
   */
  static SmoothedEstimate closed(
      Divergence divergence,
      double plugIn,
      double bias,
      double firstOrder,
      double leftUp,
      double leftDown,
      double floored) {
    double standardError = Math.hypot(firstOrder, leftUp);
    double value = cut(divergence, plugIn - bias);
    return new SmoothedEstimate(
        plugIn,
        bias,
        standardError,
        cut(divergence, value - Metric.Z95 * Math.hypot(firstOrder, leftDown)),
        cut(divergence, value + Metric.Z95 * standardError),
        floored);
  }

  private static double cut(Divergence divergence, double end) {
    return Math.max(0, Math.min(divergence.max(), end));
  }

  /** Returns the corrected value, plug-in minus bias. It may be a little below 0. */
  double value() {
    return plugIn - bias;
  }

  /** Returns whether the interval has no upper end. */
  boolean isOpen() {
    return ciHigh == Double.POSITIVE_INFINITY;
  }
}
