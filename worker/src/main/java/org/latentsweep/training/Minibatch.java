package org.latentsweep.training;

import org.latentsweep.random.L64X128Mix;
import org.latentsweep.random.RandomStream;
import org.latentsweep.run.RunSpec;
import org.latentsweep.target.TargetDistribution;

/**
 * The random numbers of one step: real samples and latents. They are rounded to single precision so
 * that every back end gets the same numbers.
 */
final class Minibatch {
  private final RunSpec spec;
  private final TargetDistribution target;
  private final L64X128Mix random = RandomStream.generator();
  private final float[] realFloats;
  private final float[] halfNoiseFloats;
  private final float[] noiseFloats;
  private final double[] real; // [B/2, d]
  private final double[] discriminatorNoise; // [B/2, k]
  private final double[] generatorNoise; // [B, k]

  Minibatch(RunSpec spec) {
    this.spec = spec;
    target = spec.distribution();
    int half = spec.batch() / 2;
    realFloats = new float[Math.multiplyExact(half, target.dimensions())];
    halfNoiseFloats = new float[Math.multiplyExact(half, spec.latentDimension())];
    noiseFloats = new float[Math.multiplyExact(spec.batch(), spec.latentDimension())];
    real = new double[realFloats.length];
    discriminatorNoise = new double[halfNoiseFloats.length];
    generatorNoise = new double[noiseFloats.length];
  }

  /** Draws the numbers of a step in place of the last ones. */
  void draw(int step) {
    RandomStream.DATA.seek(random, spec.seed(), step);
    target.sample(random, realFloats);
    RandomStream.NOISE.seek(random, spec.seed(), step);
    spec.noise().fill(random, spec.latentDimension(), halfNoiseFloats);
    spec.noise().fill(random, spec.latentDimension(), noiseFloats);
    widen(realFloats, real);
    widen(halfNoiseFloats, discriminatorNoise);
    widen(noiseFloats, generatorNoise);
  }

  private static void widen(float[] from, double[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = from[i];
    }
  }

  double[] real() {
    return real;
  }

  double[] discriminatorNoise() {
    return discriminatorNoise;
  }

  double[] generatorNoise() {
    return generatorNoise;
  }
}
