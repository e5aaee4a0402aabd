/** Holds the random number generator, and the streams of it by seed, purpose and step. */
package org.latentsweep.random;
