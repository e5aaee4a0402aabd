package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latentsweep.divergence.Divergence.JS;
import static org.latentsweep.divergence.Divergence.KL_FORWARD;
import static org.latentsweep.divergence.Divergence.KL_MEAN;
import static org.latentsweep.divergence.Divergence.KL_REVERSE;

import java.util.Arrays;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.latentsweep.target.TargetDistribution;

/** Values against closed forms and quadratures. */
class SmoothedEstimatorTest {
  private static final TargetGrid EIGHT = SmoothedDivergences.target(DivergenceLaws.EIGHT, 0.1);
  private static final TargetGrid SPIRAL = SmoothedDivergences.target(DivergenceLaws.SPIRAL, 0.03);
  private static final TargetGrid GAUSSIAN =
      SmoothedDivergences.target(DivergenceLaws.GAUSSIAN, 0.2);
  private static final TargetGrid NORMAL_1D =
      SmoothedDivergences.target(DivergenceLaws.NORMAL_1D, 0.1);

  /** With h = 0.1, eight Gaussians against the same with standard deviation 0.3. */
  private static final double WIDE_FORWARD = 0.191530;

  private static final double WIDE_REVERSE = 0.292356;

  /**
   * With h = 0.03, spiral against spiral * N(0, 0.03^2), which is the spiral smoothed by 0.03 sqrt
   * 2.
   */
  private static final double NOISY_FORWARD = 0.042868;

  private static final double NOISY_REVERSE = 0.063700;

  @Test
  void truthsAreThoseOfTwoQuadratures() {
    for (double offset : new double[] {0, 0.37}) {
      double step = 0.05 - 0.02 * offset;
      assertThat(quadrature(DivergenceLaws.EIGHT, DivergenceLaws.WIDE_EIGHT, step, offset))
          .isCloseTo(WIDE_FORWARD, within(1e-6));
      assertThat(quadrature(DivergenceLaws.WIDE_EIGHT, DivergenceLaws.EIGHT, step, offset))
          .isCloseTo(WIDE_REVERSE, within(1e-6));
    }
    double noisy = 0.03 * Math.sqrt(2);
    TargetDistribution spiral = DivergenceLaws.SPIRAL;
    assertThat(DivergenceLaws.quadratureKl(spiral, 0.03, spiral, noisy, 1.2, 0.03, 0.5))
        .isCloseTo(NOISY_FORWARD, within(2e-5));
    assertThat(DivergenceLaws.quadratureKl(spiral, noisy, spiral, 0.03, 1.3, 0.03, 0.2))
        .isCloseTo(NOISY_REVERSE, within(2e-5));
  }

  private static double quadrature(
      TargetDistribution p, TargetDistribution q, double step, double offset) {
    return DivergenceLaws.quadratureKl(p, 0.1, q, 0.1, 4.5, step, offset);
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
      meanError(EIGHT, s -> DivergenceLaws.draw(DivergenceLaws.EIGHT, n, s), 0, 0, seeds),
      meanError(SPIRAL, s -> DivergenceLaws.draw(DivergenceLaws.SPIRAL, n, s), 0, 0, seeds),
      meanError(
          EIGHT,
          s -> DivergenceLaws.draw(DivergenceLaws.WIDE_EIGHT, n, s),
          WIDE_FORWARD,
          WIDE_REVERSE,
          seeds),
      meanError(
          SPIRAL, s -> DivergenceLaws.drawNoisySpiral(n, s), NOISY_FORWARD, NOISY_REVERSE, seeds)
    };
    assertThat(Arrays.stream(errors).average().orElseThrow())
        .as("mean absolute errors %s", Arrays.toString(errors))
        .isLessThan(tolerance);
    assertThat(errors[0]).as("eight Gaussians against themselves").isLessThan(tolerance / 3);
    assertThat(errors[1]).as("spiral against itself").isLessThan(tolerance / 3);
  }

  /** Returns the mean absolute error of both directions over the seeds 100, 101, ... */
  private static double meanError(
      TargetGrid p, LongFunction<float[]> draw, double forward, double reverse, int seeds) {
    double sum = 0;
    for (long seed = 100; seed < 100 + seeds; seed++) {
      Map<Divergence, SmoothedEstimate> estimate = SmoothedEstimator.estimate(p, draw.apply(seed));
      sum += Math.abs(estimate.get(KL_FORWARD).value() - forward);
      sum += Math.abs(estimate.get(KL_REVERSE).value() - reverse);
    }
    return sum / (2 * seeds);
  }

  @Test
  void theCorrectionTakesMostOfTheBiasAway() {
    Map<Divergence, SmoothedEstimate> estimate =
        SmoothedEstimator.estimate(EIGHT, DivergenceLaws.draw(DivergenceLaws.EIGHT, 10_000, 7));
    for (Divergence divergence : Divergence.values()) {
      assertThat(Math.abs(estimate.get(divergence).value()))
          .isLessThan(estimate.get(divergence).plugIn() / 3);
    }
  }

  @Test
  void recoversTheClosedFormForGaussians() {
    double[][] cases = {{0, 1}, {1, 1}, {0.5, 0.7}, {0, 1.5}};
    for (double[] c : cases) {
      float[] points = DivergenceLaws.draw(DivergenceLaws.GAUSSIAN, 50_000, 11);
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
      float[] points = DivergenceLaws.draw(DivergenceLaws.NORMAL_1D, 50_000, 12);
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
    Map<Divergence, SmoothedEstimate> estimate = SmoothedEstimator.estimate(p, points);
    double forward = DivergenceLaws.gaussianKl(d, s, mean, t);
    double reverse = DivergenceLaws.gaussianKl(d, t, mean, s);
    assertWithin(estimate, KL_FORWARD, forward);
    assertWithin(estimate, KL_REVERSE, reverse);
    assertWithin(estimate, KL_MEAN, (forward + reverse) / 2);
  }

  /** The value is within four standard errors and the bias that is left in the tails. */
  private static void assertWithin(
      Map<Divergence, SmoothedEstimate> estimate, Divergence divergence, double truth) {
    double tolerance = 4 * estimate.get(divergence).standardError() + 0.001 + 0.01 * truth;
    assertThat(estimate.get(divergence).value())
        .as("%s", divergence)
        .isCloseTo(truth, within(tolerance));
  }

  @Test
  void aSinglePointHasTheDivergencesOfItsKernel() {
    // q_h = N(c, h^2 I); for the forward direction E|x - c|^2 = |mean - c|^2 + trace
    double h = 0.2;
    double s2 = 1 + h * h;
    for (float c : new float[] {0, 1.03f, 3, 20, 1e6f, 1e30f}) {
      Map<Divergence, SmoothedEstimate> estimate =
          SmoothedEstimator.estimate(GAUSSIAN, DivergenceLaws.repeated(500, c, 0));
      double forward = DivergenceLaws.gaussianKl(2, Math.sqrt(s2), c, h);
      double reverse = DivergenceLaws.gaussianKl(2, h, c, Math.sqrt(s2));
      assertThat(estimate.get(KL_FORWARD).value()).isCloseTo(forward, within(2e-3 * forward));
      assertThat(estimate.get(KL_REVERSE).value())
          .isCloseTo(reverse, within(0.01 + 1e-6 * reverse));
      assertThat(estimate.get(JS).value()).isBetween(0.0, Math.log(2) + 1e-9);
      assertThat(estimate.get(KL_REVERSE).standardError()).isLessThan(1e-3 * reverse);
    }
  }

  @Test
  void oneSampleFarAwayCountsForItsShare() {
    int n = 5_000;
    float[] points = DivergenceLaws.draw(DivergenceLaws.EIGHT, n, 13);
    Map<Divergence, SmoothedEstimate> before = SmoothedEstimator.estimate(EIGHT, points);
    points[0] = 60;
    points[1] = -80;
    Map<Divergence, SmoothedEstimate> after = SmoothedEstimator.estimate(EIGHT, points);
    // its kernel alone: log q = log(1/n) - log(2 pi h^2) - |e|^2 / 2, E|e|^2 = 2
    double logQ = -Math.log(n) - Math.log(2 * Math.PI * 0.01) - 1;
    double[] x = {60, -80};
    double logP = DivergenceLaws.EIGHT.smoothedLogDensity(x, 0.1) - 0.01 * 2 / (2 * 0.05);
    double expected = (logQ - logP) / n;
    double change = after.get(KL_REVERSE).value() - before.get(KL_REVERSE).value();
    assertThat(change).isCloseTo(expected, within(0.001 + 1e-4 * expected));
    assertThat(after.get(KL_FORWARD).value())
        .isCloseTo(before.get(KL_FORWARD).value(), within(0.001));
    assertThat(after.get(KL_REVERSE).standardError()).isCloseTo(expected, within(0.02 * expected));
  }

  @Test
  void staysFiniteForGeneratorsThatDiverged() {
    RandomGenerator random = DivergenceLaws.random(14);
    float[] scattered = DivergenceLaws.draw(DivergenceLaws.EIGHT, 2_000, 15);
    for (int i = 0; i < scattered.length; i++) {
      scattered[i] *= (float) Math.exp(80 * random.nextDouble());
    }
    float[] large = DivergenceLaws.draw(DivergenceLaws.EIGHT, 2_000, 15);
    for (int i = 0; i < large.length; i++) {
      large[i] *= 100;
    }
    for (float[] points :
        new float[][] {scattered, large, DivergenceLaws.repeated(2_000, -3e38f, 3e38f)}) {
      for (TargetGrid target : new TargetGrid[] {EIGHT, SPIRAL}) {
        Map<Divergence, SmoothedEstimate> estimate = SmoothedEstimator.estimate(target, points);
        for (Divergence divergence : Divergence.values()) {
          assertThat(estimate.get(divergence).value()).isFinite().isPositive();
          assertThat(estimate.get(divergence).standardError()).isFinite().isNotNegative();
        }
        assertThat(estimate.get(JS).value()).isCloseTo(Math.log(2), within(0.01));
      }
    }
  }

  @Test
  void samplesOnACurveConvergeToItsSmoothedDivergence() {
    // points on the circle through the eight modes; the true value is that of 100 times as many
    Map<Divergence, SmoothedEstimate> coarse = SmoothedEstimator.estimate(EIGHT, circle(4_001));
    Map<Divergence, SmoothedEstimate> fine = SmoothedEstimator.estimate(EIGHT, circle(400_001));
    for (Divergence divergence : Divergence.values()) {
      assertThat(coarse.get(divergence).plugIn())
          .isCloseTo(fine.get(divergence).plugIn(), within(1e-3 * fine.get(divergence).plugIn()));
    }
    assertThat(fine.get(KL_FORWARD).value()).isGreaterThan(1);
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
    // all samples at the centre of mode 0: -log q at mode m is |c_m - c_0|^2 / 2h^2 + constant
    Map<Divergence, SmoothedEstimate> estimate =
        SmoothedEstimator.estimate(EIGHT, DivergenceLaws.repeated(1_000, 2f, 0f));
    double meanSquare = 8 + 2 * 0.05; // of the distance from (2, 0), under p_h
    double entropy = 1.698061 + Math.log(0.05 / 0.04); // nearly separate modes, widened
    double expected = meanSquare / 0.02 + Math.log(2 * Math.PI * 0.01) - entropy;
    assertThat(estimate.get(KL_FORWARD).value()).isCloseTo(expected, within(0.05));
  }
}
