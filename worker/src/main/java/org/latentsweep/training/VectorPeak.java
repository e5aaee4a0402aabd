package org.latentsweep.training;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * How many floating-point operations a second one core does at most, two for each multiply-add:
 * sums that never leave their registers, as many side by side as hide an addition's latency.
 */
final class VectorPeak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int SUMS = 12; // and two factors fit the 16 registers of AVX2
  private static final int TERMS = 512; // below 1,000, where the compiler makes two loops of one
  private static final int CALLS = 1_000; // in a burst: 1 or 2 ms
  private static final int BURSTS = 25;

  private VectorPeak() {}

  /**
   * Measured now, in about 50 ms; the first time in some more, in which the loop is compiled. The
   * best of short bursts, since whatever interrupts one makes it slower.
   */
  static double flopsPerSecond() {
    double best = 0;
    for (int i = 0; i < BURSTS; i++) {
      best = Math.max(best, burst());
    }
    return best;
  }

  private static double burst() {
    float sum = 0;
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      sum += sums(i);
    }
    long nanos = System.nanoTime() - start;
    double flops = 2.0 * SUMS * TERMS * SPECIES.length() * CALLS;
    return Float.isFinite(sum) ? flops / nanos * 1e9 : 0; // asked, so that sums are needed
  }

  /**
   * Short and called often, so that it is compiled as a method and not in the midst of its loop.
   */
  private static float sums(float x) {
    FloatVector a = FloatVector.broadcast(SPECIES, x);
    FloatVector b = FloatVector.broadcast(SPECIES, 1e-9f);
    FloatVector c0 = FloatVector.zero(SPECIES); // each from another start, or one sum would do
    FloatVector c1 = FloatVector.broadcast(SPECIES, 1);
    FloatVector c2 = FloatVector.broadcast(SPECIES, 2);
    FloatVector c3 = FloatVector.broadcast(SPECIES, 3);
    FloatVector c4 = FloatVector.broadcast(SPECIES, 4);
    FloatVector c5 = FloatVector.broadcast(SPECIES, 5);
    FloatVector c6 = FloatVector.broadcast(SPECIES, 6);
    FloatVector c7 = FloatVector.broadcast(SPECIES, 7);
    FloatVector c8 = FloatVector.broadcast(SPECIES, 8);
    FloatVector c9 = FloatVector.broadcast(SPECIES, 9);
    FloatVector c10 = FloatVector.broadcast(SPECIES, 10);
    FloatVector c11 = FloatVector.broadcast(SPECIES, 11);
    for (int i = 0; i < TERMS; i++) {
      c0 = a.fma(b, c0);
      c1 = a.fma(b, c1);
      c2 = a.fma(b, c2);
      c3 = a.fma(b, c3);
      c4 = a.fma(b, c4);
      c5 = a.fma(b, c5);
      c6 = a.fma(b, c6);
      c7 = a.fma(b, c7);
      c8 = a.fma(b, c8);
      c9 = a.fma(b, c9);
      c10 = a.fma(b, c10);
      c11 = a.fma(b, c11);
    }
    FloatVector low = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
    FloatVector high = c6.add(c7).add(c8).add(c9).add(c10).add(c11);
    return low.add(high).reduceLanes(VectorOperators.ADD);
  }
}
