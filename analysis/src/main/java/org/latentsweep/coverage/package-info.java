/**
 * How well the samples of a generator cover its target: modes, stray mass, precision and recall by
 * nearest neighbours, and distances between distributions that need no density.
 */
package org.latentsweep.coverage;
