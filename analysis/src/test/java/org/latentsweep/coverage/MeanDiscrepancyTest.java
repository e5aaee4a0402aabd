package org.latentsweep.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;

class MeanDiscrepancyTest {

  @Test
  void samplesOutsideTheLatticeCount() {
    assertExact(CoverageLaws.NORMAL_1D, 300, 8, 1e-6);
    assertExact(CoverageLaws.GAUSSIAN, 300, 8, 1e-6);
    // 512 of 2,000 outside stand for all of them
    assertExact(CoverageLaws.GAUSSIAN, 4_000, 40, 2e-3);
  }

  /** A quarter of the samples lies around the edge of the lattice, and a quarter far away. */
  private static void assertExact(TargetDistribution target, int n, double far, double tolerance) {
    int d = target.dimensions();
    double b = 1;
    float[] points = CoverageLaws.draw(target, n, 3);
    for (int i = 0; i < n / 4; i++) {
      points[i * d] += (float) (target.supportHalfWidth() + 4 * b);
      points[(n - 1 - i) * d] += (float) (far * far);
    }
    Metric estimate = MeanDiscrepancy.of(target, TargetAtoms.of(target), b).estimate(points);
    assertThat(estimate.value()).isCloseTo(uStatistic(d, points, b), within(tolerance));
  }

  /** Returns it for p = N(0, I), where all expectations of the kernel are normal densities. */
  private static double uStatistic(int d, float[] points, double b) {
    int n = points.length / d;
    double pairs = 0;
    double cross = 0;
    for (int i = 0; i < n; i++) {
      double norm = 0;
      for (int a = 0; a < d; a++) {
        norm += Math.pow(points[i * d + a], 2);
      }
      cross += Math.pow(b * b / (b * b + 1), d / 2.0) * Math.exp(-norm / (2 * (b * b + 1)));
      for (int j = 0; j < i; j++) {
        double squared = 0;
        for (int a = 0; a < d; a++) {
          squared += Math.pow(points[i * d + a] - points[j * d + a], 2);
        }
        pairs += 2 * Math.exp(-squared / (2 * b * b));
      }
    }
    double self = Math.pow(b * b / (b * b + 2), d / 2.0);
    return pairs / (n * (n - 1.0)) - 2 * cross / n + self;
  }
}
