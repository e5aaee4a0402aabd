package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.CanonicalOrder;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.Mode;
import org.latentsweep.target.TargetDistribution;

/**
 * Intervals of the smoothed divergences, also where samples lack mass of the target. True values
 * are closed forms or quadratures.
 */
class SmoothedIntervalsTest {
  private static final TargetGrid EIGHT = SmoothedDivergences.target(DivergenceLaws.EIGHT, 0.1);
  private static final TargetGrid GAUSSIAN =
      SmoothedDivergences.target(DivergenceLaws.GAUSSIAN, 0.2);

  /** Sets of samples, with the seeds 0, 1, ... */
  private static final int SEEDS = 40;

  /** Sets of many samples. */
  private static final int FEW_SEEDS = 10;

  private static final double S = Math.hypot(1, 0.2); // of the smoothed Gaussian

  private static final TargetDistribution SEVEN =
      new DivergenceLaws.Mixture(
          DivergenceLaws.EIGHT.modes().subList(1, 8).stream()
              .map(mode -> new Mode(mode.centre(), mode.standardDeviation(), 1.0 / 7))
              .toList());

  /** KL(p || q) with h = 0.1, eight Gaussians against the same without the first. */
  private static final double SEVEN_FORWARD = 2.1586;

  private static final double SEVEN_REVERSE = Math.log(8.0 / 7); // but for the modes' overlap

  @Test
  void theTruthOfTheMissingModeIsThatOfAQuadrature() {
    assertThat(quadrature(DivergenceLaws.EIGHT, SEVEN)).isCloseTo(SEVEN_FORWARD, within(1e-4));
    assertThat(quadrature(SEVEN, DivergenceLaws.EIGHT)).isCloseTo(SEVEN_REVERSE, within(1e-3));
  }

  private static double quadrature(TargetDistribution p, TargetDistribution q) {
    return DivergenceLaws.quadratureKl(p, 0.1, q, 0.1, 4.5, 0.04, 0.3);
  }

  @Test
  void isOpenWhereAModeIsMissing() {
    for (int n : new int[] {1_000, 10_000}) {
      List<SmoothedEstimate> forward =
          estimates(EIGHT, Divergence.KL_FORWARD, 4, s -> DivergenceLaws.draw(SEVEN, n, s));
      assertOpen(forward, SEVEN_FORWARD);
      assertThat(forward).allSatisfy(e -> assertThat(e.floored()).isBetween(0.124, 0.17));
    }
  }

  @Test
  void isOpenWhereTheTargetIsWiderOrElsewhere() {
    double axis = gaussianKl1(S, Math.sqrt(1.84)) + gaussianKl1(S, Math.sqrt(0.24));
    assertOpen(forwardOf(10_000, Math.sqrt(1.8), Math.sqrt(0.2), 0), axis);
    assertOpen(forwardOf(10_000, 1, 1, 3), DivergenceLaws.gaussianKl(2, S, 3, S));
    assertOpen(forwardOf(500, 1, 1, 45), DivergenceLaws.gaussianKl(2, S, 45, S));
    double narrow = DivergenceLaws.gaussianKl(2, S, 0, Math.hypot(0.5, 0.2));
    assertOpen(forwardOf(1_000, 0.5, 0.5, 0), narrow);
    assertOpen(forwardOf(10_000, 0.5, 0.5, 0), narrow);
  }

  /** Returns KL(N(0, s^2) || N(0, t^2)). */
  private static double gaussianKl1(double s, double t) {
    return DivergenceLaws.gaussianKl(1, s, 0, t);
  }

  private static void assertOpen(List<SmoothedEstimate> forward, double truth) {
    assertThat(forward)
        .allSatisfy(
            e -> {
              assertThat(e.ciHigh()).isInfinite();
              assertThat(e.ciLow()).isBetween(0.0, truth);
              assertThat(e.value()).isGreaterThanOrEqualTo(e.ciLow());
            });
  }

  @Test
  void isClosedAndHoldsWhereSamplesReachTheTarget() {
    assertClosed(forwardOf(10_000, 1, 1, 0), 0);
    assertClosed(forwardOf(10_000, 1.5, 1.5, 0), DivergenceLaws.gaussianKl(2, S, 0, 1.51327));
    assertClosed(
        estimates(
            EIGHT,
            Divergence.KL_FORWARD,
            SEEDS,
            s -> DivergenceLaws.draw(DivergenceLaws.EIGHT, 10_000, s)),
        0);
    assertClosed(forwardOf(100_000, 1, 1, 1), DivergenceLaws.gaussianKl(2, S, 1, S));
  }

  /**
   * At least as many intervals hold as the 0.1% quantile of the binomial distribution with
   * probability 95%.
   */
  private static void assertClosed(List<SmoothedEstimate> estimates, double truth) {
    assertThat(estimates).noneMatch(SmoothedEstimate::isOpen);
    assertThat(estimates.stream().filter(e -> e.ciLow() <= truth && truth <= e.ciHigh()).count())
        .isGreaterThanOrEqualTo(quantile(estimates.size()));
  }

  /** Returns the least m for which P(at most m of n intervals hold) is 0.1% or more. */
  private static int quantile(int n) {
    double term = Math.pow(0.05, n); // the probability that m hold
    double sum = term;
    int m = 0;
    while (sum < 0.001) {
      term *= (n - m) * 0.95 / ((m + 1) * 0.05);
      sum += term;
      m++;
    }
    return m;
  }

  @Test
  void theQuantileIsThatOfTables() {
    assertThat(quantile(10)).isEqualTo(6);
    assertThat(quantile(40)).isEqualTo(33);
  }

  /** Returns estimates of KL(p || q) for normals with these deviations along the diagonals. */
  private static List<SmoothedEstimate> forwardOf(int n, double a, double b, double shift) {
    int seeds = n > 10_000 ? FEW_SEEDS : SEEDS;
    return estimates(
        GAUSSIAN, Divergence.KL_FORWARD, seeds, seed -> diagonal(n, seed, a, b, shift));
  }

  private static float[] diagonal(int n, long seed, double a, double b, double shift) {
    float[] points = DivergenceLaws.draw(DivergenceLaws.GAUSSIAN, n, seed);
    for (int i = 0; i < points.length; i += 2) {
      double u = a * points[i] / Math.sqrt(2);
      double v = b * points[i + 1] / Math.sqrt(2);
      points[i] = (float) (u + v + shift);
      points[i + 1] = (float) (u - v);
    }
    return points;
  }

  private static List<SmoothedEstimate> estimates(
      TargetGrid target, Divergence divergence, int seeds, LongFunction<float[]> draw) {
    return LongStream.range(0, seeds)
        .mapToObj(seed -> SmoothedEstimator.estimate(target, draw.apply(seed)).get(divergence))
        .toList();
  }

  @Test
  void theSkewDivergenceIsClosedAndHoldsEverywhere() {
    assertClosed(skewOf(EIGHT, s -> DivergenceLaws.draw(SEVEN, 5_000, s)), 0.4580);
    assertClosed(skewOf(GAUSSIAN, s -> diagonal(5_000, s, 1, 1, 3)), 3.0928);
    assertClosed(
        skewOf(GAUSSIAN, s -> diagonal(5_000, s, Math.sqrt(1.8), Math.sqrt(0.2), 0)), 0.7358);
    assertClosed(skewOf(GAUSSIAN, s -> diagonal(5_000, s, 1, 1, 0)), 0);
    assertClosed(skewOf(GAUSSIAN, s -> diagonal(500, s, 1, 1, 45)), Math.log(100));
  }

  private static List<SmoothedEstimate> skewOf(TargetGrid target, LongFunction<float[]> draw) {
    return estimates(target, Divergence.KL_SKEW, SEEDS, draw);
  }

  @Test
  void theTruthsOfTheSkewDivergenceAreThoseOfAQuadrature() {
    assertThat(skew(DivergenceLaws.EIGHT, 0.1, x -> SEVEN.smoothedLogDensity(x, 0.1)))
        .isCloseTo(0.4580, within(1e-4));
    TargetDistribution gaussian = DivergenceLaws.GAUSSIAN;
    assertThat(
            skew(
                gaussian,
                0.2,
                x -> gaussian.smoothedLogDensity(new double[] {x[0] - 3, x[1]}, 0.2)))
        .isCloseTo(3.0928, within(1e-4));
    assertThat(
            skew(gaussian, 0.2, x -> logNormal(x[0] + x[1], 1.84) + logNormal(x[0] - x[1], 0.24)))
        .isCloseTo(0.7358, within(1e-4));
  }

  /** Returns the log density of N(0, variance) at t / sqrt 2. */
  private static double logNormal(double t, double variance) {
    return -t * t / (4 * variance) - 0.5 * Math.log(2 * Math.PI * variance);
  }

  private interface LogDensity {
    double at(double[] x);
  }

  private static double skew(TargetDistribution p, double h, LogDensity q) {
    double step = 0.05;
    double sum = 0;
    for (double x = -7; x <= 7; x += step) {
      for (double y = -7; y <= 7; y += step) {
        double[] at = {x, y};
        double density = Math.exp(p.smoothedLogDensity(at, h));
        double mixed = 0.99 * Math.exp(q.at(at)) + 0.01 * density;
        sum += density > 1e-200 ? density * Math.log(density / mixed) : 0;
      }
    }
    return sum * step * step;
  }

  @Test
  void theReverseOfAWideCloudHolds() {
    // nearly all samples are outside the grid, and 512 of their sites are evaluated
    double wide = Math.hypot(20, 0.2);
    double truth = DivergenceLaws.gaussianKl(2, wide, 0, S);
    List<SmoothedEstimate> reverse =
        estimates(GAUSSIAN, Divergence.KL_REVERSE, FEW_SEEDS, s -> diagonal(50_000, s, 20, 20, 0));
    assertClosed(reverse, truth);
    assertThat(reverse)
        .allSatisfy(e -> assertThat(e.standardError()).isBetween(1.5, 2.0)); // 377 / sqrt 50,000
  }

  @Test
  void collapsedPointsHaveNumbersThatHold() {
    float[] point = DivergenceLaws.repeated(500, 0.31f, -0.17f);
    double forward = DivergenceLaws.gaussianKl(2, S, Math.hypot(0.31, 0.17), 0.2);
    double reverse = DivergenceLaws.gaussianKl(2, 0.2, Math.hypot(0.31, 0.17), S);
    List<Metric> metrics = SmoothedDivergences.of(DivergenceLaws.GAUSSIAN, point, new Bandwidth(1));
    assertHolds(metrics.get(0), forward);
    assertHolds(metrics.get(1), reverse);
    assertHolds(metrics.get(2), (forward + reverse) / 2);
    assertThat(metrics)
        .allSatisfy(m -> assertThat(m.reason()).contains("on a grid or at few points"));
    assertThat(metrics.get(0).value()).isCloseTo(forward, within(2e-3 * forward));
  }

  private static void assertHolds(Metric metric, double truth) {
    assertThat(truth).isBetween(metric.ciLow(), metric.ciHigh());
  }

  @Test
  void samplesOnAGridHaveWiderIntervals() {
    float[] rounded = DivergenceLaws.draw(DivergenceLaws.NORMAL_1D, 5_000, 3);
    float[] smooth = rounded.clone();
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Math.round(2 * rounded[i]) / 2f;
    }
    // q is a sum of normals of sd 0.1 at the multiples of 1/2, by the mass of each interval
    Metric reverse = reverse(rounded);
    assertThat(reverse.reason()).contains("on a grid or at few points");
    assertHolds(reverse, 0.2288);
    assertThat(reverse(smooth).reason()).isEmpty();
  }

  private static Metric reverse(float[] points) {
    return SmoothedDivergences.of(DivergenceLaws.NORMAL_1D, points, new Bandwidth(1)).get(1);
  }

  @Test
  void givesTheReasonOfAnOpenIntervalAndOfFewSamples() {
    Metric forward =
        SmoothedDivergences.of(
                DivergenceLaws.EIGHT, DivergenceLaws.draw(SEVEN, 5_000, 4), new Bandwidth(1))
            .get(0);
    assertThat(forward.reason())
        .matches(
            "the samples say too little of 12\\.[5-9]% of the target's mass: the divergence may be"
                + " any value from 0\\.[0-9]+ up");
    Metric few =
        SmoothedDivergences.of(
                DivergenceLaws.EIGHT, DivergenceLaws.draw(SEVEN, 60, 4), new Bandwidth(1))
            .get(3);
    assertThat(few.reason()).isEqualTo("60 samples are few: the corrections are coarse");
  }

  @Test
  void givesTheSameBitsForEveryOrderOfTheSamples() {
    float[] drawn = DivergenceLaws.draw(DivergenceLaws.EIGHT, 4_000, 6);
    List<Metric> metrics = measure(drawn);
    int[] sorted =
        IntStream.range(0, 4_000)
            .boxed()
            .sorted((a, b) -> Float.compare(drawn[2 * a], drawn[2 * b]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] byMode =
        IntStream.range(0, 4_000)
            .boxed()
            .sorted((a, b) -> Integer.compare(octant(drawn, a), octant(drawn, b)))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] roundRobin = IntStream.range(0, 4_000).map(i -> byMode[i % 8 * 500 + i / 8]).toArray();
    for (int[] order : new int[][] {sorted, byMode, roundRobin}) {
      assertThat(measure(rows(drawn, order))).isEqualTo(metrics);
    }
  }

  private static int octant(float[] points, int row) {
    return (int) Math.round(Math.atan2(points[2 * row + 1], points[2 * row]) / (Math.PI / 4));
  }

  private static float[] rows(float[] points, int[] order) {
    float[] rows = new float[points.length];
    for (int i = 0; i < order.length; i++) {
      rows[2 * i] = points[2 * order[i]];
      rows[2 * i + 1] = points[2 * order[i] + 1];
    }
    return rows;
  }

  private static List<Metric> measure(float[] points) {
    return SmoothedDivergences.of(DivergenceLaws.EIGHT, points, new Bandwidth(0.5));
  }

  @Test
  void intervalsStayInTheRangeOfTheDivergence() {
    for (int n : new int[] {50, 500}) {
      for (float shift : new float[] {0, 30}) {
        float[] points =
            CanonicalOrder.of(diagonal(n, 8, 1, 1, shift), DivergenceLaws.GAUSSIAN.dimensions());
        SmoothedEstimator.estimate(GAUSSIAN, points)
            .forEach(
                (divergence, e) -> {
                  assertThat(e.ciLow()).isBetween(0.0, divergence.max());
                  assertThat(e.ciHigh()).isBetween(e.ciLow(), divergence.max());
                });
      }
    }
  }
}
