package org.latentsweep.coverage;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.latentsweep.metric.Laws;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.Mode;
import org.latentsweep.target.TargetDistribution;

/** Distributions and samples that the tests of this package share. */
final class CoverageLaws extends Laws {

  private CoverageLaws() {}

  /**
   * Returns the eight Gaussians with other standard deviations and weights in proportion to parts.
   */
  static TargetDistribution ring(double sd, double... parts) {
    return turnedRing(0, sd, parts);
  }

  /** Returns the eight Gaussians, rotated by half of the angle between two of them. */
  static TargetDistribution rotatedRing() {
    return turnedRing(0.5, 0.2, 1, 1, 1, 1, 1, 1, 1, 1);
  }

  private static TargetDistribution turnedRing(double turn, double sd, double... parts) {
    double total = DoubleStream.of(parts).sum();
    return new Mixture(
        IntStream.range(0, parts.length)
            .filter(m -> parts[m] > 0)
            .mapToObj(
                m ->
                    new Mode(
                        List.of(
                            2 * Math.cos(Math.PI * (m + turn) / 4),
                            2 * Math.sin(Math.PI * (m + turn) / 4)),
                        sd,
                        parts[m] / total))
            .toList());
  }

  static TargetDistribution normal(double sd, Double... centre) {
    return new Mixture(List.of(new Mode(List.of(centre), sd, 1)));
  }

  static Metric metric(List<Metric> metrics, String name) {
    return metrics.stream().filter(m -> m.metric().equals(name)).findFirst().orElseThrow();
  }

  static double value(List<Metric> metrics, String name) {
    return metric(metrics, name).value();
  }
}
