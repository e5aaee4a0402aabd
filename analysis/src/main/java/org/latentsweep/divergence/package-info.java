/**
 * Divergences between a target, known exactly, and a generator, known by its samples: both smoothed
 * by the same Gaussian, with standard errors and the floor that sampling alone would give.
 */
package org.latentsweep.divergence;
