package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.latentsweep.divergence.Pairs.KnownPair;

class AdaptiveEstimateTest {

  static AdaptiveEstimate estimate(KnownPair pair, int n, long seed) {
    return AdaptiveEstimate.of(
        pair.p(), TargetPoints.of(pair.p()), window(pair.q().draw(n, seed), pair));
  }

  private static SamplesInWindow window(float[] points, KnownPair pair) {
    return UnsmoothedDivergences.inWindow(pair.p(), points);
  }

  /** Returns the mean absolute error over pairs and the seeds 100, 101, ... */
  static double meanError(
      List<KnownPair> pairs, int seeds, ToDoubleBiFunction<KnownPair, Long> estimate) {
    return pairs.stream()
        .mapToDouble(
            pair -> {
              double sum = 0;
              for (long seed = 100; seed < 100 + seeds; seed++) {
                sum += Math.abs(estimate.applyAsDouble(pair, seed) - pair.truth());
              }
              return sum / seeds;
            })
        .average()
        .orElseThrow();
  }

  @Test
  void recoversTruthsFromTenThousandSamples() {
    assertThat(meanError(Pairs.WELL_POSED, 2, (p, seed) -> estimate(p, 10_000, seed).value()))
        .isLessThan(0.018);
    assertThat(meanError(Pairs.ILL_POSED, 2, (p, seed) -> estimate(p, 10_000, seed).value()))
        .isLessThan(0.05);
  }

  @Test
  void recoversTruthsFromAHundredThousandSamples() {
    assertThat(meanError(Pairs.WELL_POSED, 1, (p, seed) -> estimate(p, 100_000, seed).value()))
        .isLessThan(0.006);
  }

  @Test
  void mostIntervalsHoldTheTruth() {
    long held =
        Pairs.WELL_POSED.stream()
            .filter(
                pair -> {
                  AdaptiveEstimate estimate = estimate(pair, 5_000, 9);
                  return Math.abs(estimate.value() - pair.truth())
                      < 1.96 * estimate.standardError();
                })
            .count();
    assertThat(held).isGreaterThan(Pairs.WELL_POSED.size() * 3 / 4);
  }

  @Test
  void doesNotDependOnTheOrderOfMagnitudeOfOutliers() {
    KnownPair pair = Pairs.WELL_POSED.get(1);
    float[] points = pair.q().draw(10_000, 4);
    double without = estimate(pair, points).value();
    points[0] = 1e30f;
    points[3] = -1e20f;
    assertThat(estimate(pair, points).value()).isCloseTo(without, within(1e-3));
  }

  private static AdaptiveEstimate estimate(KnownPair pair, float[] points) {
    return AdaptiveEstimate.of(pair.p(), TargetPoints.of(pair.p()), window(points, pair));
  }

  @Test
  void samplesFarFromTheTargetHaveAFiniteDivergence() {
    KnownPair pair = Pairs.WELL_POSED.get(0);
    float[] points = pair.q().draw(1_000, 4);
    for (int i = 0; i < points.length; i++) {
      points[i] += 50;
    }
    assertThat(estimate(pair, points).value()).isBetween(1e3, 1e7);
  }

  @Test
  void aMissingModeHasALargeDivergence() {
    float[] points = DivergenceLaws.draw(DivergenceLaws.EIGHT, 20_000, 5);
    for (int i = 0; i < points.length; i += 2) {
      if (points[i] > 1 && points[i + 1] > -1 && points[i + 1] < 1) {
        points[i] = -points[i]; // the mode at (2, 0) moves to (-2, 0)
      }
    }
    KnownPair pair = new KnownPair("eight | seven", DivergenceLaws.EIGHT, null, Double.NaN);
    assertThat(estimate(pair, points).value()).isGreaterThan(2);
  }
}
