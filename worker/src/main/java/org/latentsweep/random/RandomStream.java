package org.latentsweep.random;

import java.util.random.RandomGenerator;

/**
 * The purposes for which a run draws random numbers. Each combination of seed, purpose and step has
 * its own stream, an {@link L64X128Mix}. What is drawn for one purpose therefore never changes the
 * numbers of another, and the numbers of a step do not depend on the steps before it, so that a run
 * can be resumed at any step.
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
  /** Latents for samples that are drawn from a generator after its run has ended. */
  NEW_NOISE;

  /**
   * Returns a new generator at the start of a stream of this purpose.
   *
   * @param seed the run's seed
   * @param step the training step; 0 if the purpose does not depend on steps
   */
  public RandomGenerator at(long seed, int step) {
    L64X128Mix generator = generator();
    seek(generator, seed, step);
    return generator;
  }

  /** Returns a generator for {@link #seek}, which must be called before a number is drawn. */
  public static L64X128Mix generator() {
    return new L64X128Mix();
  }

  /** Moves a generator to the start of the stream that {@link #at} returns. */
  public void seek(L64X128Mix generator, long seed, int step) {
    generator.seed(mix(mix(mix(seed) + ordinal()) + step));
  }

  /**
   * Returns the number that SplitMix64 (Steele, Lea and Flood 2014) outputs next from state z. The
   * constant is its increment, the golden ratio as a 64-bit fraction.
   */
  private static long mix(long z) {
    return L64X128Mix.stafford(z + 0x9E3779B97F4A7C15L);
  }
}
