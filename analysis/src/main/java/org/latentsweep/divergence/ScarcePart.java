package org.latentsweep.divergence;

/**
 * What {@link ScarceMass} tells of the forward and the skew divergence.
 *
 * @param mass share of the target's mass where samples are scarce
 * @param extrapolation L(inf) - L(n) of {@link SmoothedEstimator}, in nats
 * @param skewExtrapolation the same for the skew divergence
 * @param width how much smaller than its plug-in value the forward divergence may be, in nats
 */
record ScarcePart(double mass, double extrapolation, double skewExtrapolation, double width) {}
