package org.latentsweep.cell;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latentsweep.coverage.CoverageMetrics;
import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.divergence.UnsmoothedDivergences;
import org.latentsweep.mapping.LatentMap;
import org.latentsweep.mapping.MappingMetrics;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/** The names of the metrics that are measured, found by measuring. */
public final class MetricNames {
  private static final int SAMPLES = 500;

  private MetricNames() {}

  /** Returns the names of all metrics of samples of a target in the plane, and of a map to it. */
  public static Set<String> of(String target) {
    TargetDistribution distribution = Targets.named(target);
    float[] points = new float[2 * SAMPLES];
    distribution.sample(new Random(1), points);
    return Stream.of(
            SmoothedDivergences.of(distribution, points, new Bandwidth(1)),
            UnsmoothedDivergences.of(distribution, points),
            CoverageMetrics.of(distribution, points),
            MappingMetrics.of(distribution, new NoiseLaw.Normal(), new Identity()))
        .flatMap(List::stream)
        .map(Metric::metric)
        .collect(Collectors.toSet());
  }

  private static final class Identity implements LatentMap {
    @Override
    public int latentDimension() {
      return 2;
    }

    @Override
    public int dimensions() {
      return 2;
    }

    @Override
    public void value(double[] z, double[] x) {
      System.arraycopy(z, 0, x, 0, 2);
    }

    @Override
    public void valueAndJacobian(double[] z, double[] x, double[] jacobian) {
      value(z, x);
      Arrays.fill(jacobian, 0);
      jacobian[0] = 1;
      jacobian[3] = 1;
    }
  }
}
