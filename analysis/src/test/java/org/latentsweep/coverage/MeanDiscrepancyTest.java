package org.latentsweep.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.latentsweep.metric.CanonicalOrder;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.Mode;
import org.latentsweep.target.TargetDistribution;

class MeanDiscrepancyTest {
  private static final ScaledKernel KERNEL = new ScaledKernel(1);

  private static MeanDiscrepancy from(TargetDistribution target) {
    return new MeanDiscrepancy(target, TargetAtoms.of(target), KERNEL);
  }

  @Test
  void samplesOutsideTheLatticeCount() {
    assertExact(CoverageLaws.NORMAL_1D, 300, 8, 1e-5);
    assertExact(CoverageLaws.GAUSSIAN, 300, 8, 1e-5);
    // 512 of 2,000 outside stand for all of them
    assertExact(CoverageLaws.GAUSSIAN, 4_000, 40, 2e-3);
  }

  /** A quarter of the samples lies around the edge of the lattice, and a quarter far away. */
  private static void assertExact(TargetDistribution target, int n, double far, double tolerance) {
    int d = target.dimensions();
    float[] points = CoverageLaws.draw(target, n, 3);
    for (int i = 0; i < n / 4; i++) {
      points[i * d] += (float) (target.supportHalfWidth() + 4 * KERNEL.bandwidths()[0]);
      points[(n - 1 - i) * d] += (float) (far * far);
    }
    Metric estimate = from(target).estimate(CanonicalOrder.of(points, d));
    assertThat(estimate.value()).isCloseTo(uStatistic(d, points), within(tolerance));
  }

  /** Returns it for p = N(0, I), where all expectations of the kernel are normal densities. */
  private static double uStatistic(int d, float[] points) {
    int n = points.length / d;
    double pairs = 0;
    double cross = 0;
    for (int i = 0; i < n; i++) {
      double norm = 0;
      for (int a = 0; a < d; a++) {
        norm += Math.pow(points[i * d + a], 2);
      }
      cross += expected(d, norm, 1);
      for (int j = 0; j < i; j++) {
        double squared = 0;
        for (int a = 0; a < d; a++) {
          squared += Math.pow(points[i * d + a] - points[j * d + a], 2);
        }
        pairs += 2 * expected(d, squared, 0);
      }
    }
    return pairs / (n * (n - 1.0)) - 2 * cross / n + expected(d, 0, 2);
  }

  /**
   * Returns E k(X, Y) for a difference X - Y that is normal with this variance along each axis, and
   * whose mean has this squared length.
   */
  private static double expected(int d, double squared, double variance) {
    double sum = 0;
    for (double b : KERNEL.bandwidths()) {
      double s = b * b + variance;
      sum += Math.pow(b * b / s, d / 2.0) * Math.exp(-squared / (2 * s));
    }
    return sum / ScaledKernel.COUNT;
  }

  /** Returns the squared discrepancy of two mixtures of normals in the plane. */
  private static double truth(List<Mode> p, List<Mode> q) {
    return mean(p, p) - 2 * mean(p, q) + mean(q, q);
  }

  private static double mean(List<Mode> p, List<Mode> q) {
    double sum = 0;
    for (Mode a : p) {
      for (Mode b : q) {
        double dx = a.centre().get(0) - b.centre().get(0);
        double dy = a.centre().get(1) - b.centre().get(1);
        double variance = Math.pow(a.standardDeviation(), 2) + Math.pow(b.standardDeviation(), 2);
        sum += a.weight() * b.weight() * expected(2, dx * dx + dy * dy, variance);
      }
    }
    return sum;
  }

  @Test
  void aRingRotatedByHalfAModeIsSeen() {
    TargetDistribution rotated = CoverageLaws.rotatedRing();
    Metric mmd =
        CoverageLaws.metric(
            CoverageMetrics.of(CoverageLaws.EIGHT, CoverageLaws.draw(rotated, 2_000, 4)), "mmd");
    assertThat(mmd.value()).isCloseTo(0.0193, within(0.001));
    assertThat(mmd.ciLow()).isGreaterThan(0.018);
    assertThat(mmd.floor()).isCloseTo(0, within(2e-4));
  }

  /** Far from the lattices, 512 of the samples stand for all. */
  @Test
  void intervalsHoldTheTruthAndAreNotTooWide() {
    TargetDistribution p = CoverageLaws.GAUSSIAN;
    assertHolds(p, CoverageLaws.normal(1.2, 0.5, 0.0), 500);
    assertHolds(p, CoverageLaws.normal(20.0, 0.0, 0.0), 2_000);
    assertHolds(p, CoverageLaws.normal(0.3, 10.0, 0.0), 2_000);
    assertHolds(CoverageLaws.EIGHT, CoverageLaws.rotatedRing(), 500);
    assertHolds(CoverageLaws.EIGHT, CoverageLaws.EIGHT, 500);
  }

  private static void assertHolds(TargetDistribution p, TargetDistribution q, int n) {
    double truth = truth(p.modes(), q.modes());
    MeanDiscrepancy discrepancy = from(p);
    LongFunction<Metric> estimate =
        seed -> discrepancy.estimate(CoverageLaws.draw(q, n, 100 + seed));
    List<Metric> estimates = LongStream.range(0, 100).mapToObj(estimate).toList();
    double mean = estimates.stream().mapToDouble(Metric::value).average().orElseThrow();
    double spread =
        Math.sqrt(estimates.stream().mapToDouble(m -> Math.pow(m.value() - mean, 2)).sum() / 99);
    double error = estimates.stream().mapToDouble(Metric::standardError).average().orElseThrow();
    assertThat(mean).as("mean of " + n).isCloseTo(truth, within(4 * spread / 10 + 1e-5));
    assertThat(error / spread).as("error over spread").isBetween(0.8, 1.4);
    assertThat(estimates.stream().filter(m -> m.ciLow() <= truth && truth <= m.ciHigh()).count())
        .isGreaterThanOrEqualTo(90);
  }
}
