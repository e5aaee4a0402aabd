package org.latentsweep.metric;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.latentsweep.target.GaussianMixture;
import org.latentsweep.target.Mode;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/** Distributions and samples that tests share. The tests of some packages extend this class. */
public class Laws {
  public static final TargetDistribution EIGHT = Targets.named("eight-gaussians");
  public static final TargetDistribution SPIRAL = Targets.named("spiral");
  public static final TargetDistribution GAUSSIAN = Targets.named("gaussian");
  public static final TargetDistribution NORMAL_1D = Targets.named("normal-1d");

  protected Laws() {}

  public static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  public static float[] draw(TargetDistribution from, int n, long seed) {
    float[] points = new float[n * from.dimensions()];
    from.sample(random(seed), points);
    return points;
  }

  /** Returns a point, n times, row-major [n, d]. */
  public static float[] repeated(int n, float... point) {
    float[] points = new float[n * point.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = point[i % point.length];
    }
    return points;
  }

  /** A mixture that is not a registered target. */
  public static final class Mixture extends GaussianMixture {
    /** Makes a mixture of components. */
    public Mixture(List<Mode> modes) {
      super(modes);
    }

    @Override
    public String name() {
      return "mixture";
    }

    @Override
    public NaturalMap naturalMap() {
      throw new UnsupportedOperationException("Cannot map: this mixture is for tests");
    }

    @Override
    public NoiseLaw defaultNoise() {
      return new NoiseLaw.Normal();
    }

    @Override
    public double defaultBandwidth() {
      return 0.1;
    }

    @Override
    public double drawnHalfWidth() {
      return 3;
    }

    @Override
    public double supportHalfWidth() {
      return 6;
    }
  }
}
