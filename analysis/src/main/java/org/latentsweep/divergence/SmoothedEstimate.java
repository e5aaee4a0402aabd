package org.latentsweep.divergence;

/**
 * The estimate of one smoothed divergence, in nats.
 *
 * @param plugIn the divergence of the density estimate, before the bias correction
 * @param bias the estimated bias of the plug-in value
 * @param standardError standard error of the corrected value, at least 0
 */
record SmoothedEstimate(double plugIn, double bias, double standardError) {

  /** Returns the corrected value, plug-in minus bias. */
  double value() {
    return plugIn - bias;
  }
}
