package org.latentsweep.divergence;

/**
 * What {@link ScarceMass} tells of the divergences.
 *
 * @param mass share of the target's mass where samples are scarce
 * @param change L(n) - L(n/2) of {@link SmoothedEstimator}, in nats, for each divergence
 * @param width how much smaller than its plug-in value the forward divergence may be, in nats
 */
record ScarcePart(double mass, PlugIn change, double width) {
  /** Multiple of the change by which L(n) goes on changing if it does so in order n^(-1/2). */
  private static final double SLOW = 1 / (Math.sqrt(2) - 1);

  /**
   * Returns L(inf) - L(n) of the other divergences, the middle of what the orders 1/n and n^(-1/2)
   * give.
   */
  static double extrapolation(double change) {
    return (1 + SLOW) / 2 * change;
  }

  /**
   * Returns the standard deviation of what an extrapolation leaves. Chosen by judgement: the change
   * covers both orders, and where much of the target is scarce no order is certain.
   */
  double left(double change) {
    return (1 + mass) * Math.abs(change);
  }
}
