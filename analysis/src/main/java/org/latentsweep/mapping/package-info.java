/**
 * The shape of the map from latents to points that a generator learned: where it tears, folds and
 * stretches, how thick its image is, and which neighbours it preserves.
 */
package org.latentsweep.mapping;
