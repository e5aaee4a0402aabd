/**
 * Training packs of runs: the seam to the back ends, the back ends, and what goes on around them.
 */
package org.latentsweep.training;
