package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latentsweep.divergence.Divergence.JS;
import static org.latentsweep.divergence.Divergence.KL_FORWARD;
import static org.latentsweep.divergence.Divergence.KL_REVERSE;

import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.latentsweep.metric.SeedSummary;
import org.latentsweep.target.TargetDistribution;

/** Standard errors, symmetries and bounds of the estimates of {@link SmoothedEstimator}. */
class SmoothedErrorsTest {
  private static final TargetGrid EIGHT = SmoothedDivergences.target(DivergenceLaws.EIGHT, 0.1);
  private static final TargetGrid SPIRAL = SmoothedDivergences.target(DivergenceLaws.SPIRAL, 0.03);
  private static final TargetGrid GAUSSIAN =
      SmoothedDivergences.target(DivergenceLaws.GAUSSIAN, 0.2);
  private static final TargetGrid NORMAL_1D =
      SmoothedDivergences.target(DivergenceLaws.NORMAL_1D, 0.1);

  @Test
  void standardErrorsAreTheSpreadOverSamples() {
    assertStandardErrors(
        EIGHT, s -> DivergenceLaws.draw(DivergenceLaws.WIDE_EIGHT, 2_000, s), 60, 1.3);
    assertStandardErrors(SPIRAL, s -> DivergenceLaws.drawNoisySpiral(4_000, s), 60, 1.3);
    assertStandardErrors(NORMAL_1D, s -> shifted(s), 60, 1.3);
  }

  @Test
  void standardErrorsHoldAtEqualityToo() {
    // the errors that the corrections may leave are then as large as the spread
    assertStandardErrors(SPIRAL, s -> DivergenceLaws.draw(DivergenceLaws.SPIRAL, 10_000, s), 60, 2);
    assertStandardErrors(EIGHT, s -> DivergenceLaws.draw(DivergenceLaws.EIGHT, 10_000, s), 60, 2);
  }

  private static float[] shifted(long seed) {
    float[] points = DivergenceLaws.draw(DivergenceLaws.NORMAL_1D, 1_000, seed);
    for (int i = 0; i < points.length; i++) {
      points[i] = 1.2f * points[i] + 0.5f;
    }
    return points;
  }

  /** The mean standard error over the standard deviation over seeds is from 1 / 1.3 to max. */
  private static void assertStandardErrors(
      TargetGrid p, LongFunction<float[]> draw, int seeds, double max) {
    List<Map<Divergence, SmoothedEstimate>> estimates =
        LongStream.range(0, seeds)
            .mapToObj(seed -> SmoothedEstimator.estimate(p, draw.apply(500 + seed)))
            .toList();
    for (Divergence divergence : Divergence.values()) {
      double[] values = estimates.stream().mapToDouble(e -> e.get(divergence).value()).toArray();
      double error =
          estimates.stream()
              .mapToDouble(e -> e.get(divergence).standardError())
              .average()
              .orElseThrow();
      assertThat(error / SeedSummary.of(values).standardDeviation())
          .as("standard error over spread of %s", divergence)
          .isBetween(1 / 1.3, max);
    }
  }

  @Test
  void aMissedModeHasAStandardErrorOfTheRightSize() {
    // the value is determined by where the outermost samples of the neighbouring modes lie
    LongFunction<float[]> draw = SmoothedErrorsTest::withoutModeZero;
    double[] values = new double[40];
    double error = 0;
    for (int seed = 0; seed < values.length; seed++) {
      Map<Divergence, SmoothedEstimate> estimate =
          SmoothedEstimator.estimate(EIGHT, draw.apply(700 + seed));
      values[seed] = estimate.get(KL_FORWARD).value();
      error += estimate.get(KL_FORWARD).standardError() / values.length;
    }
    assertThat(error / SeedSummary.of(values).standardDeviation()).isBetween(0.4, 2.5);
  }

  private static float[] withoutModeZero(long seed) {
    float[] points = DivergenceLaws.draw(DivergenceLaws.EIGHT, 4_000, seed);
    for (int i = 0; i < points.length; i += 2) {
      if (Math.hypot(points[i] - 2, points[i + 1]) < 1) {
        points[i] = -points[i];
      }
    }
    return points;
  }

  @Test
  void isInvariantUnderTheSymmetriesOfTheTarget() {
    float[] gaussian = DivergenceLaws.draw(DivergenceLaws.GAUSSIAN, 5_000, 21);
    float[] eight = DivergenceLaws.draw(DivergenceLaws.WIDE_EIGHT, 5_000, 22);
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
    float[] points = DivergenceLaws.draw(DivergenceLaws.WIDE_EIGHT, 5_000, 23);
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
    Map<Divergence, SmoothedEstimate> one = SmoothedEstimator.estimate(target, a);
    Map<Divergence, SmoothedEstimate> other = SmoothedEstimator.estimate(target, b);
    for (Divergence divergence : Divergence.values()) {
      double scale = 1 + Math.abs(one.get(divergence).value());
      assertThat(other.get(divergence).value())
          .as("%s", divergence)
          .isCloseTo(one.get(divergence).value(), within(tolerance * scale));
      assertThat(other.get(divergence).standardError())
          .as("standard error of %s", divergence)
          .isCloseTo(
              one.get(divergence).standardError(),
              within(1e-3 * one.get(divergence).standardError()));
    }
  }

  @Test
  void isNotNegativeWithinItsErrorAndBoundedForJs() {
    TargetDistribution[] targets = {
      DivergenceLaws.EIGHT, DivergenceLaws.SPIRAL, DivergenceLaws.GAUSSIAN
    };
    TargetGrid[] grids = {EIGHT, SPIRAL, GAUSSIAN};
    for (int t = 0; t < targets.length; t++) {
      for (int n : new int[] {50, 500, 5_000}) {
        Map<Divergence, SmoothedEstimate> estimate =
            SmoothedEstimator.estimate(grids[t], DivergenceLaws.draw(targets[t], n, 31));
        for (Divergence divergence : Divergence.values()) {
          assertThat(estimate.get(divergence).plugIn()).isPositive();
          if (divergence == KL_REVERSE || divergence == JS) {
            // V / q^2 <= 1 bounds the second order by 1/2; extrapolation may take away more
            double most = divergence == JS ? 0.5 : 1;
            assertThat(estimate.get(divergence).bias()).isBetween(0.0, most);
          }
          assertThat(estimate.get(divergence).value())
              .isGreaterThan(-4 * estimate.get(divergence).standardError());
        }
        assertThat(estimate.get(JS).value()).isLessThan(Math.log(2));
      }
    }
  }
}
