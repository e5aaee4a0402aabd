package org.latentsweep.execution;

import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.spark.TaskContext;
import org.latentsweep.target.Mode;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.Normal1d;
import org.latentsweep.target.TargetDistribution;

/**
 * A standard normal whose sampler throws an exception in one call of eight. The random numbers
 * decide which, so that it is always the same for a seed. It never throws while the property {@code
 * flaky.mended} is set. If the property {@code flaky.breaks} is set, the next call in a task clears
 * it and makes the task fail.
 */
public final class FlakyTarget implements TargetDistribution {
  private final Normal1d normal = new Normal1d();

  @Override
  public String name() {
    return "flaky";
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
    if (TaskContext.get() != null && System.getProperties().remove("flaky.breaks") != null) {
      throw new Error(
          "the machine broke"); // not an exception of the run, so that the task is tried again
    }
    if (random.nextInt(8) == 0 && System.getProperty("flaky.mended") == null) {
      throw new IllegalStateException("Cannot sample: this target is flaky");
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
