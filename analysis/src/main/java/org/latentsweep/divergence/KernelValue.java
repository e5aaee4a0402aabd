package org.latentsweep.divergence;

/**
 * A kernel density estimate at one point.
 *
 * @param logDensity log of the density, finite
 * @param concentration sum_i r_i^2, in (0, 1], where r_i is the share of sample i in the density;
 *     its reciprocal is the number of samples that determine the density
 */
record KernelValue(double logDensity, double concentration) {}
