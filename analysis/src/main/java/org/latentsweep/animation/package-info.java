/**
 * Animations of what a generator does: its samples during training, and the motion from its latents
 * to its samples.
 */
package org.latentsweep.animation;
