package org.latentsweep.divergence;

import java.util.List;
import java.util.random.RandomGenerator;
import org.latentsweep.target.Mode;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/** A distribution in the plane that samples of a study are drawn from, and that is no target. */
abstract class StudyLaw implements TargetDistribution {
  private final String name;
  private final double supportHalfWidth;

  StudyLaw(String name, double supportHalfWidth) {
    this.name = name;
    this.supportHalfWidth = supportHalfWidth;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int dimensions() {
    return 2;
  }

  @Override
  public final double supportHalfWidth() {
    return supportHalfWidth;
  }

  @Override
  public final double drawnHalfWidth() {
    return supportHalfWidth;
  }

  /** Fills x with a random point. */
  abstract void draw(RandomGenerator random, double[] x);

  @Override
  public final void sample(RandomGenerator random, float[] points) {
    double[] x = new double[2];
    for (int i = 0; i < points.length; i += 2) {
      draw(random, x);
      points[i] = (float) x[0];
      points[i + 1] = (float) x[1];
    }
  }

  @Override
  public boolean smoothedInClosedForm() {
    return true;
  }

  @Override
  public final List<Mode> modes() {
    return List.of();
  }

  @Override
  public final NaturalMap naturalMap() {
    throw new UnsupportedOperationException("Cannot map to " + name + ": it is no target");
  }

  @Override
  public final NoiseLaw defaultNoise() {
    return new NoiseLaw.Normal();
  }

  @Override
  public final double defaultBandwidth() {
    throw new UnsupportedOperationException("Cannot smooth " + name + ": it is no target");
  }
}
