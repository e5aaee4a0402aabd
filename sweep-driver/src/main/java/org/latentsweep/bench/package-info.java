/**
 * Benchmarks of training speed: programs that train the same networks, each in its own process, and
 * what is measured of them.
 */
package org.latentsweep.bench;
