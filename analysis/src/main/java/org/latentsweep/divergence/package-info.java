/**
 * Divergences between a target, whose density is known, and a generator, known by its samples: with
 * and without smoothing of both, with standard errors and floors.
 */
package org.latentsweep.divergence;
