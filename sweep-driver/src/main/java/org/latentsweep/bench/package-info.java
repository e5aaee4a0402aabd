/**
 * Measuring speed: programs that train the same networks, in processes of their own, side by side.
 */
package org.latentsweep.bench;
