package org.latentsweep.coverage;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.GaussianMixture;
import org.latentsweep.target.Mode;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/** Distributions and samples that the tests of this package share. */
final class Fixtures {
  static final TargetDistribution EIGHT = Targets.named("eight-gaussians");
  static final TargetDistribution SPIRAL = Targets.named("spiral");
  static final TargetDistribution GAUSSIAN = Targets.named("gaussian");
  static final TargetDistribution NORMAL_1D = Targets.named("normal-1d");

  private Fixtures() {}

  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  static float[] draw(TargetDistribution from, int n, long seed) {
    float[] points = new float[n * from.dimensions()];
    from.sample(random(seed), points);
    return points;
  }

  /** The eight Gaussians with another standard deviation and weights in these proportions. */
  static TargetDistribution ring(double sd, double... parts) {
    double total = DoubleStream.of(parts).sum();
    return new Mixture(
        IntStream.range(0, parts.length)
            .filter(m -> parts[m] > 0)
            .mapToObj(
                m ->
                    new Mode(
                        List.of(2 * Math.cos(Math.PI * m / 4), 2 * Math.sin(Math.PI * m / 4)),
                        sd,
                        parts[m] / total))
            .toList());
  }

  static TargetDistribution normal(double sd, Double... centre) {
    return new Mixture(List.of(new Mode(List.of(centre), sd, 1)));
  }

  static float[] repeated(int n, float... point) {
    float[] points = new float[n * point.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = point[i % point.length];
    }
    return points;
  }

  static Metric metric(List<Metric> metrics, String name) {
    return metrics.stream().filter(m -> m.metric().equals(name)).findFirst().orElseThrow();
  }

  static double value(List<Metric> metrics, String name) {
    return metric(metrics, name).value();
  }

  /** A mixture that is no registered target. */
  static final class Mixture extends GaussianMixture {
    Mixture(List<Mode> modes) {
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
