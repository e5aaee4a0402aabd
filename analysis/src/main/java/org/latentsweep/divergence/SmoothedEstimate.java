package org.latentsweep.divergence;

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
    double plugIn,
    double bias,
    double standardError,
    double ciLow,
    double ciHigh,
    double floored,
    boolean rounded) {

  /** Returns the corrected value, plug-in minus bias. It may be a little below 0. */
  double value() {
    return plugIn - bias;
  }

  /** Returns half of the width of the interval. */
  double halfWidth() {
    return (ciHigh - ciLow) / 2;
  }

  /** Returns whether the interval has no upper end. */
  boolean isOpen() {
    return ciHigh == Double.POSITIVE_INFINITY;
  }
}
