package org.latentsweep.training;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Measures how many floating-point operations per second one core does at most, where a
 * multiply-add counts as two. The loop keeps its sums in registers, and has enough independent sums
 * to hide the latency of an addition.
 */
final class VectorPeak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** With two factors they fit the 16 registers of AVX2. */
  private static final int SUMS = 12;

  /** Below 1,000, where the compiler splits the loop into two. */
  private static final int TERMS = 512;

  /** Chosen by judgement: a burst of so many calls takes 1 or 2 ms. */
  private static final int CALLS = 1_000;

  /** Chosen by judgement: the whole measurement takes about 50 ms. */
  private static final int BURSTS = 25;

  private VectorPeak() {}

  /**
   * Measures now, which takes about 50 ms, and longer the first time, when the loop is compiled.
   * Returns the best of short bursts, since every interruption makes a burst slower.
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
    // The test uses the sums, so that the compiler cannot drop them.
    return Float.isFinite(sum) ? flops / nanos * 1e9 : 0;
  }

  /**
   * Runs the loop once. It is short and called often, so that the whole method is compiled before a
   * call, rather than the loop while it runs.
   */
  private static float sums(float x) {
    FloatVector a = FloatVector.broadcast(SPECIES, x);
    FloatVector b = FloatVector.broadcast(SPECIES, 1e-9f);
    // The sums start from different values, or the compiler would compute only one of them.
    FloatVector c0 = FloatVector.zero(SPECIES);
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
