/**
 * Benchmarks of training speed: programs that train the same networks, each in its own process, and
 * what is measured of them. The two other benchmarks are where the code that they measure is: that
 * of the analysis runs on Spark, in {@code execution}, and that of the coverage of intervals is
 * mathematics, in {@code divergence}.
 */
package org.latentsweep.bench;
