package org.latentsweep.random;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The purposes random numbers are drawn for in a run. Each (seed, purpose, step) has a stream of
 * its own, an L64X128MixRandom (Steele and Vigna 2021), so that what one purpose draws never shifts
 * another's numbers, and a step's numbers do not depend on the steps before it: a run can be
 * resumed at any step.
 */
public enum RandomStream {
  /** Initial weights. */
  INITIALISATION,
  /** Samples of the target for the discriminator. */
  DATA,
  /** Latents for training. */
  NOISE,
  /** The fixed latents that snapshots and final samples are drawn from. */
  EVALUATION_NOISE,
  /** Latents for samples that are drawn from a generator once its run has ended. */
  NEW_NOISE;

  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");

  /**
   * A fresh generator at the start of the stream.
   *
   * @param seed the run's seed
   * @param step the step it is for; 0 where the purpose knows no steps
   */
  public RandomGenerator at(long seed, int step) {
    return FACTORY.create(mix(mix(mix(seed) + ordinal()) + step));
  }

  /** SplitMix64's output function (Steele, Lea and Flood 2014) on the next state. */
  private static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
