/**
 * Holds the target distributions that generators are trained to imitate, with their exact
 * densities, Gaussian-smoothed densities, samplers and natural maps, and the laws of the
 * generators' noise.
 */
package org.latentsweep.target;
