package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latentsweep.divergence.Divergence.JS;
import static org.latentsweep.divergence.Divergence.KL_FORWARD;
import static org.latentsweep.divergence.Divergence.KL_MEAN;
import static org.latentsweep.divergence.Divergence.KL_REVERSE;

import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.latentsweep.metric.SeedSummary;
import org.latentsweep.target.TargetDistribution;

class SmoothedEstimateTest {
  private static final TargetGrid EIGHT = new TargetGrid(Fixtures.EIGHT, 0.1);
  private static final TargetGrid SPIRAL = new TargetGrid(Fixtures.SPIRAL, 0.03);
  private static final TargetGrid GAUSSIAN = new TargetGrid(Fixtures.GAUSSIAN, 0.2);
  private static final TargetGrid NORMAL_1D = new TargetGrid(Fixtures.NORMAL_1D, 0.1);

  /** h = 0.1, eight Gaussians against the same with standard deviation 0.3. */
  private static final double WIDE_FORWARD = 0.191530;

  private static final double WIDE_REVERSE = 0.292356;

  /**
   * h = 0.03, spiral against spiral * N(0, 0.03^2), which is the spiral smoothed by 0.03 sqrt 2.
   */
  private static final double NOISY_FORWARD = 0.042868;

  private static final double NOISY_REVERSE = 0.063700;

  @Test
  void truthsAreThoseOfTwoQuadratures() {
    for (double offset : new double[] {0, 0.37}) {
      double step = 0.05 - 0.02 * offset;
      assertThat(quadrature(Fixtures.EIGHT, Fixtures.WIDE_EIGHT, step, offset))
          .isCloseTo(WIDE_FORWARD, within(1e-6));
      assertThat(quadrature(Fixtures.WIDE_EIGHT, Fixtures.EIGHT, step, offset))
          .isCloseTo(WIDE_REVERSE, within(1e-6));
    }
    double noisy = 0.03 * Math.sqrt(2);
    TargetDistribution spiral = Fixtures.SPIRAL;
    assertThat(Fixtures.quadratureKl(spiral, 0.03, spiral, noisy, 1.2, 0.03, 0.5))
        .isCloseTo(NOISY_FORWARD, within(2e-5));
    assertThat(Fixtures.quadratureKl(spiral, noisy, spiral, 0.03, 1.3, 0.03, 0.2))
        .isCloseTo(NOISY_REVERSE, within(2e-5));
  }

  private static double quadrature(
      TargetDistribution p, TargetDistribution q, double step, double offset) {
    return Fixtures.quadratureKl(p, 0.1, q, 0.1, 4.5, step, offset);
  }

  @Test
  void recoversTruthsFromTenThousandSamples() {
    assertRecovered(10_000, 8, 0.006);
  }

  @Test
  void recoversTruthsFromAHundredThousandSamples() {
    assertRecovered(100_000, 3, 0.002);
  }

  private static void assertRecovered(int n, int seeds, double tolerance) {
    double[] errors = {
      meanError(EIGHT, s -> Fixtures.draw(Fixtures.EIGHT, n, s), 0, 0, seeds),
      meanError(SPIRAL, s -> Fixtures.draw(Fixtures.SPIRAL, n, s), 0, 0, seeds),
      meanError(
          EIGHT, s -> Fixtures.draw(Fixtures.WIDE_EIGHT, n, s), WIDE_FORWARD, WIDE_REVERSE, seeds),
      meanError(SPIRAL, s -> Fixtures.drawNoisySpiral(n, s), NOISY_FORWARD, NOISY_REVERSE, seeds)
    };
    assertThat(Arrays.stream(errors).average().orElseThrow())
        .as("mean absolute errors %s", Arrays.toString(errors))
        .isLessThan(tolerance);
    assertThat(errors[0]).as("eight Gaussians against themselves").isLessThan(tolerance / 3);
    assertThat(errors[1]).as("spiral against itself").isLessThan(tolerance / 3);
  }

  /** Mean absolute error of both directions over seeds 100, 101, ... */
  private static double meanError(
      TargetGrid p, LongFunction<float[]> draw, double forward, double reverse, int seeds) {
    double sum = 0;
    for (long seed = 100; seed < 100 + seeds; seed++) {
      SmoothedEstimate estimate = new SmoothedEstimate(p, draw.apply(seed));
      sum += Math.abs(estimate.value(KL_FORWARD) - forward);
      sum += Math.abs(estimate.value(KL_REVERSE) - reverse);
    }
    return sum / (2 * seeds);
  }

  @Test
  void theCorrectionTakesMostOfTheBiasAway() {
    SmoothedEstimate estimate =
        new SmoothedEstimate(EIGHT, Fixtures.draw(Fixtures.EIGHT, 10_000, 7));
    for (Divergence divergence : Divergence.values()) {
      assertThat(Math.abs(estimate.value(divergence))).isLessThan(estimate.plugIn(divergence) / 3);
    }
  }

  @Test
  void recoversTheClosedFormForGaussians() {
    double[][] cases = {{0, 1}, {1, 1}, {0.5, 0.7}, {0, 1.5}};
    for (double[] c : cases) {
      float[] points = Fixtures.draw(Fixtures.GAUSSIAN, 50_000, 11);
      for (int i = 0; i < points.length; i++) {
        points[i] = (float) (c[1] * points[i] + (i % 2 == 0 ? c[0] : 0));
      }
      assertGaussian(GAUSSIAN, points, 2, 0.2, c[0], c[1]);
    }
  }

  @Test
  void recoversTheClosedFormForGaussiansInOneDimension() {
    double[][] cases = {{0, 1}, {0.5, 1}, {-0.3, 1.2}, {0, 2}};
    for (double[] c : cases) {
      float[] points = Fixtures.draw(Fixtures.NORMAL_1D, 50_000, 12);
      for (int i = 0; i < points.length; i++) {
        points[i] = (float) (c[1] * points[i] + c[0]);
      }
      assertGaussian(NORMAL_1D, points, 1, 0.1, c[0], c[1]);
    }
  }

  private static void assertGaussian(
      TargetGrid p, float[] points, int d, double h, double mean, double sd) {
    double s = Math.hypot(1, h);
    double t = Math.hypot(sd, h);
    SmoothedEstimate estimate = new SmoothedEstimate(p, points);
    double forward = Fixtures.gaussianKl(d, s, mean, t);
    double reverse = Fixtures.gaussianKl(d, t, mean, s);
    assertWithin(estimate, KL_FORWARD, forward);
    assertWithin(estimate, KL_REVERSE, reverse);
    assertWithin(estimate, KL_MEAN, (forward + reverse) / 2);
  }

  /** Within four standard errors and what bias is left in the tails. */
  private static void assertWithin(SmoothedEstimate estimate, Divergence divergence, double truth) {
    double tolerance = 4 * estimate.standardError(divergence) + 0.001 + 0.01 * truth;
    assertThat(estimate.value(divergence)).as("%s", divergence).isCloseTo(truth, within(tolerance));
  }

  @Test
  void aSinglePointHasTheDivergencesOfItsKernel() {
    // q_h = N(c, h^2 I); for the forward direction E|x - c|^2 = |mean - c|^2 + trace
    double h = 0.2;
    double s2 = 1 + h * h;
    for (float c : new float[] {0, 1.03f, 3, 20, 1e6f, 1e30f}) {
      SmoothedEstimate estimate = new SmoothedEstimate(GAUSSIAN, Fixtures.repeated(500, c, 0));
      double forward = Fixtures.gaussianKl(2, Math.sqrt(s2), c, h);
      double reverse = Fixtures.gaussianKl(2, h, c, Math.sqrt(s2));
      assertThat(estimate.value(KL_FORWARD)).isCloseTo(forward, within(2e-3 * forward));
      assertThat(estimate.value(KL_REVERSE)).isCloseTo(reverse, within(0.01 + 1e-6 * reverse));
      assertThat(estimate.value(JS)).isBetween(0.0, Math.log(2) + 1e-9);
      assertThat(estimate.standardError(KL_REVERSE)).isLessThan(1e-3 * reverse);
    }
  }

  @Test
  void oneSampleFarAwayCountsForItsShare() {
    int n = 5_000;
    float[] points = Fixtures.draw(Fixtures.EIGHT, n, 13);
    SmoothedEstimate before = new SmoothedEstimate(EIGHT, points);
    points[0] = 60;
    points[1] = -80;
    SmoothedEstimate after = new SmoothedEstimate(EIGHT, points);
    // its kernel alone: log q = log(1/n) - log(2 pi h^2) - |e|^2 / 2, E|e|^2 = 2
    double logQ = -Math.log(n) - Math.log(2 * Math.PI * 0.01) - 1;
    double[] x = {60, -80};
    double logP = Fixtures.EIGHT.smoothedLogDensity(x, 0.1) - 0.01 * 2 / (2 * 0.05);
    double expected = (logQ - logP) / n;
    double change = after.value(KL_REVERSE) - before.value(KL_REVERSE);
    assertThat(change).isCloseTo(expected, within(0.001 + 1e-4 * expected));
    assertThat(after.value(KL_FORWARD)).isCloseTo(before.value(KL_FORWARD), within(0.001));
    assertThat(after.standardError(KL_REVERSE)).isCloseTo(expected, within(0.02 * expected));
  }

  @Test
  void staysFiniteForGeneratorsThatDiverged() {
    RandomGenerator random = Fixtures.random(14);
    float[] scattered = Fixtures.draw(Fixtures.EIGHT, 2_000, 15);
    for (int i = 0; i < scattered.length; i++) {
      scattered[i] *= (float) Math.exp(80 * random.nextDouble());
    }
    float[] large = Fixtures.draw(Fixtures.EIGHT, 2_000, 15);
    for (int i = 0; i < large.length; i++) {
      large[i] *= 100;
    }
    for (float[] points :
        new float[][] {scattered, large, Fixtures.repeated(2_000, -3e38f, 3e38f)}) {
      for (TargetGrid target : new TargetGrid[] {EIGHT, SPIRAL}) {
        SmoothedEstimate estimate = new SmoothedEstimate(target, points);
        for (Divergence divergence : Divergence.values()) {
          assertThat(estimate.value(divergence)).isFinite().isPositive();
          assertThat(estimate.standardError(divergence)).isFinite().isNotNegative();
        }
        assertThat(estimate.value(JS)).isCloseTo(Math.log(2), within(0.01));
      }
    }
  }

  @Test
  void samplesOnACurveConvergeToItsSmoothedDivergence() {
    // the circle of radius 2 through the eight modes, evenly and, for the truth, a hundred times so
    SmoothedEstimate coarse = new SmoothedEstimate(EIGHT, circle(4_001));
    SmoothedEstimate fine = new SmoothedEstimate(EIGHT, circle(400_001));
    for (Divergence divergence : Divergence.values()) {
      assertThat(coarse.plugIn(divergence))
          .isCloseTo(fine.plugIn(divergence), within(1e-3 * fine.plugIn(divergence)));
    }
    assertThat(fine.value(KL_FORWARD)).isGreaterThan(1);
  }

  private static float[] circle(int n) {
    float[] points = new float[2 * n];
    for (int i = 0; i < n; i++) {
      points[2 * i] = (float) (2 * Math.cos(2 * Math.PI * i / n));
      points[2 * i + 1] = (float) (2 * Math.sin(2 * Math.PI * i / n));
    }
    return points;
  }

  @Test
  void missingModesCostWhatTheirDistanceSays() {
    // all samples in mode 0 as a point: -log q at mode m is |c_m - c_0|^2 / 2h^2 and a constant
    SmoothedEstimate estimate = new SmoothedEstimate(EIGHT, Fixtures.repeated(1_000, 2f, 0f));
    double meanSquare = 8 + 2 * 0.05; // of the distance from (2, 0), under p_h
    double entropy = 1.698061 + Math.log(0.05 / 0.04); // nearly separate modes, widened
    double expected = meanSquare / 0.02 + Math.log(2 * Math.PI * 0.01) - entropy;
    assertThat(estimate.value(KL_FORWARD)).isCloseTo(expected, within(0.05));
  }

  @Test
  void standardErrorsAreTheSpreadOverSamples() {
    assertStandardErrors(EIGHT, s -> Fixtures.draw(Fixtures.WIDE_EIGHT, 2_000, s), 60, 1.3);
    assertStandardErrors(SPIRAL, s -> Fixtures.drawNoisySpiral(4_000, s), 60, 1.3);
    assertStandardErrors(NORMAL_1D, s -> shifted(s), 60, 1.3);
  }

  @Test
  void standardErrorsHoldAtEqualityToo() {
    // what the corrections cannot know is then as large as the spread
    assertStandardErrors(SPIRAL, s -> Fixtures.draw(Fixtures.SPIRAL, 10_000, s), 60, 2);
    assertStandardErrors(EIGHT, s -> Fixtures.draw(Fixtures.EIGHT, 10_000, s), 60, 2);
  }

  private static float[] shifted(long seed) {
    float[] points = Fixtures.draw(Fixtures.NORMAL_1D, 1_000, seed);
    for (int i = 0; i < points.length; i++) {
      points[i] = 1.2f * points[i] + 0.5f;
    }
    return points;
  }

  /** The mean standard error over the standard deviation over seeds: from 1 / 1.3 to most. */
  private static void assertStandardErrors(
      TargetGrid p, LongFunction<float[]> draw, int seeds, double most) {
    SmoothedEstimate[] estimates =
        LongStream.range(0, seeds)
            .mapToObj(seed -> new SmoothedEstimate(p, draw.apply(500 + seed)))
            .toArray(SmoothedEstimate[]::new);
    for (Divergence divergence : Divergence.values()) {
      double[] values = Arrays.stream(estimates).mapToDouble(e -> e.value(divergence)).toArray();
      double error =
          Arrays.stream(estimates)
              .mapToDouble(e -> e.standardError(divergence))
              .average()
              .orElseThrow();
      assertThat(error / SeedSummary.of(values).standardDeviation())
          .as("standard error over spread of %s", divergence)
          .isBetween(1 / 1.3, most);
    }
  }

  @Test
  void aMissedModeHasAStandardErrorOfTheRightSize() {
    // what the value hangs on is where the outermost samples of the neighbouring modes lie
    LongFunction<float[]> draw = SmoothedEstimateTest::withoutModeZero;
    double[] values = new double[40];
    double error = 0;
    for (int seed = 0; seed < values.length; seed++) {
      SmoothedEstimate estimate = new SmoothedEstimate(EIGHT, draw.apply(700 + seed));
      values[seed] = estimate.value(KL_FORWARD);
      error += estimate.standardError(KL_FORWARD) / values.length;
    }
    assertThat(error / SeedSummary.of(values).standardDeviation()).isBetween(0.4, 2.5);
  }

  private static float[] withoutModeZero(long seed) {
    float[] points = Fixtures.draw(Fixtures.EIGHT, 4_000, seed);
    for (int i = 0; i < points.length; i += 2) {
      if (Math.hypot(points[i] - 2, points[i + 1]) < 1) {
        points[i] = -points[i];
      }
    }
    return points;
  }

  @Test
  void isInvariantUnderTheSymmetriesOfTheTarget() {
    float[] gaussian = Fixtures.draw(Fixtures.GAUSSIAN, 5_000, 21);
    float[] eight = Fixtures.draw(Fixtures.WIDE_EIGHT, 5_000, 22);
    for (int i = 0; i < eight.length; i += 2) {
      gaussian[i] += 0.3f;
      eight[i] += 0.1f;
    }
    assertSymmetric(GAUSSIAN, gaussian);
    assertSymmetric(EIGHT, eight);
  }

  private static void assertSymmetric(TargetGrid target, float[] points) {
    float[] rotated = new float[points.length];
    float[] reflected = new float[points.length];
    for (int i = 0; i < points.length; i += 2) {
      rotated[i] = -points[i + 1];
      rotated[i + 1] = points[i];
      reflected[i] = -points[i];
      reflected[i + 1] = points[i + 1];
    }
    assertSame(target, points, rotated, 1e-6);
    assertSame(target, points, reflected, 1e-6);
  }

  @Test
  void theOrderOfTheSamplesDoesNotMatter() {
    float[] points = Fixtures.draw(Fixtures.WIDE_EIGHT, 5_000, 23);
    points[0] = 100;
    points[2] = -40;
    float[] reversed = new float[points.length];
    for (int i = 0; i < points.length; i += 2) {
      reversed[points.length - 2 - i] = points[i];
      reversed[points.length - 1 - i] = points[i + 1];
    }
    assertSame(EIGHT, points, reversed, 1e-9);
  }

  private static void assertSame(TargetGrid target, float[] a, float[] b, double tolerance) {
    SmoothedEstimate one = new SmoothedEstimate(target, a);
    SmoothedEstimate other = new SmoothedEstimate(target, b);
    for (Divergence divergence : Divergence.values()) {
      double scale = 1 + Math.abs(one.value(divergence));
      assertThat(other.value(divergence))
          .as("%s", divergence)
          .isCloseTo(one.value(divergence), within(tolerance * scale));
      assertThat(other.standardError(divergence))
          .as("standard error of %s", divergence)
          .isCloseTo(one.standardError(divergence), within(1e-3 * one.standardError(divergence)));
    }
  }

  @Test
  void isNotNegativeWithinItsErrorAndBoundedForJs() {
    TargetDistribution[] targets = {Fixtures.EIGHT, Fixtures.SPIRAL, Fixtures.GAUSSIAN};
    TargetGrid[] grids = {EIGHT, SPIRAL, GAUSSIAN};
    for (int t = 0; t < targets.length; t++) {
      for (int n : new int[] {50, 500, 5_000}) {
        SmoothedEstimate estimate =
            new SmoothedEstimate(grids[t], Fixtures.draw(targets[t], n, 31));
        for (Divergence divergence : Divergence.values()) {
          assertThat(estimate.plugIn(divergence)).isPositive();
          if (divergence == KL_REVERSE || divergence == JS) { // nothing is extrapolated there
            assertThat(estimate.bias(divergence)).isBetween(0.0, 0.5);
          }
          assertThat(estimate.value(divergence))
              .isGreaterThan(-4 * estimate.standardError(divergence));
        }
        assertThat(estimate.value(JS)).isLessThan(Math.log(2));
      }
    }
  }
}
