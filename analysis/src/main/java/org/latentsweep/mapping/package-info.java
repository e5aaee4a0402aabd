/**
 * What the map from latents to points looks like: where it tears, folds and stretches, how thick
 * its image is, and which neighbours it keeps.
 */
package org.latentsweep.mapping;
