package org.latentsweep.random;

import java.util.random.RandomGenerator;

/**
 * The purposes random numbers are drawn for in a run. Each (seed, purpose, step) has a stream of
 * its own, an {@link L64X128Mix}, so that what one purpose draws never shifts another's numbers,
 * and a step's numbers do not depend on the steps before it: a run can be resumed at any step.
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

  /**
   * A fresh generator at the start of the stream.
   *
   * @param seed the run's seed
   * @param step the step it is for; 0 where the purpose knows no steps
   */
  public RandomGenerator at(long seed, int step) {
    L64X128Mix generator = generator();
    seek(generator, seed, step);
    return generator;
  }

  /** A generator to be sent to the start of any stream. */
  public static L64X128Mix generator() {
    return new L64X128Mix();
  }

  /** Sends a generator to the start of the stream, as {@link #at} would make it. */
  public void seek(L64X128Mix generator, long seed, int step) {
    generator.seed(mix(mix(mix(seed) + ordinal()) + step));
  }

  /** SplitMix64's output function (Steele, Lea and Flood 2014) on the next state. */
  private static long mix(long z) {
    return L64X128Mix.stafford(z + 0x9E3779B97F4A7C15L);
  }
}
