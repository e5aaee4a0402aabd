package org.latentsweep.figure;

import java.util.Random;
import org.latentsweep.target.TargetDistribution;

/** Samples of targets to draw beside those of generators, the same in every report. */
public final class Sampled {
  private static final long SEED = 1;

  private Sampled() {}

  /** Returns n points of a target, row-major [n, d]. */
  public static float[] target(TargetDistribution target, int n) {
    float[] points = new float[n * target.dimensions()];
    target.sample(new Random(SEED), points);
    return points;
  }
}
