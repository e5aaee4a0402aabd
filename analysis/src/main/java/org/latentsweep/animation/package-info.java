/**
 * Moving pictures of what a generator does: its samples while it is trained, and the way from its
 * latents to its samples.
 */
package org.latentsweep.animation;
