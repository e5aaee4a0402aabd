package org.latentsweep.training;

import java.util.List;
import java.util.random.RandomGenerator;
import org.latentsweep.target.Mode;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.Normal1d;
import org.latentsweep.target.TargetDistribution;

/** A standard normal whose sampler throws with a probability of one third. */
public final class ThrowingTarget implements TargetDistribution {
  private final Normal1d normal = new Normal1d();

  @Override
  public String name() {
    return "throwing";
  }

  @Override
  public int dimensions() {
    return 1;
  }

  @Override
  public double logDensity(double[] x) {
    return normal.logDensity(x);
  }

  @Override
  public void sample(RandomGenerator random, float[] points) {
    if (random.nextInt(3) == 0) {
      throw new IllegalStateException("Cannot sample: this target throws");
    }
    normal.sample(random, points);
  }

  @Override
  public double smoothedLogDensity(double[] x, double h) {
    return normal.smoothedLogDensity(x, h);
  }

  @Override
  public boolean smoothedInClosedForm() {
    return true;
  }

  @Override
  public List<Mode> modes() {
    return normal.modes();
  }

  @Override
  public NaturalMap naturalMap() {
    return normal.naturalMap();
  }

  @Override
  public NoiseLaw defaultNoise() {
    return normal.defaultNoise();
  }

  @Override
  public double defaultBandwidth() {
    return normal.defaultBandwidth();
  }

  @Override
  public double drawnHalfWidth() {
    return normal.drawnHalfWidth();
  }

  @Override
  public double supportHalfWidth() {
    return normal.supportHalfWidth();
  }
}
