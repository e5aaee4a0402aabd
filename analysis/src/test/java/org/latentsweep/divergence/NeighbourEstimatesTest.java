package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latentsweep.divergence.DivergenceLaws.EIGHT;

import org.junit.jupiter.api.Test;
import org.latentsweep.divergence.NeighbourEstimates.ForwardEstimate;
import org.latentsweep.divergence.NeighbourEstimates.ReverseEstimate;
import org.latentsweep.divergence.Pairs.KnownPair;

class NeighbourEstimatesTest {

  private static ForwardEstimate forward(KnownPair pair, int n, long seed) {
    return new NeighbourEstimates(pair.p(), pair.q().draw(n, seed))
        .forward(TargetPoints.of(pair.p()));
  }

  @Test
  void recoversTruths() {
    assertThat(
            AdaptiveEstimateTest.meanError(
                Pairs.WELL_POSED, 2, (pair, seed) -> forward(pair, 10_000, seed).value()))
        .isLessThan(0.025);
    assertThat(
            AdaptiveEstimateTest.meanError(
                Pairs.WELL_POSED, 1, (pair, seed) -> forward(pair, 100_000, seed).value()))
        .isLessThan(0.0093);
  }

  @Test
  void theReverseOfTheTargetFromItselfIsZero() {
    for (KnownPair pair : Pairs.WELL_POSED) {
      if (pair.truth() == 0 && pair.p() != DivergenceLaws.SPIRAL) {
        ReverseEstimate reverse =
            new NeighbourEstimates(pair.p(), pair.q().draw(20_000, 3)).reverse();
        assertThat(reverse.value()).isCloseTo(0, within(4 * reverse.standardError() + 0.005));
        assertThat(reverse.floored()).isZero();
      }
    }
  }

  @Test
  void theReverseOfNormalsIsTheClosedForm() {
    KnownPair wider = Pairs.WELL_POSED.get(2);
    ReverseEstimate reverse =
        new NeighbourEstimates(wider.p(), wider.q().draw(50_000, 3)).reverse();
    assertThat(reverse.value())
        .isCloseTo(DivergenceLaws.gaussianKl(2, 1.5, 0, 1), within(4 * reverse.standardError()));
  }

  @Test
  void samplesOutsideTheSupportHaveAnInfiniteReverse() {
    float[] points = DivergenceLaws.draw(DivergenceLaws.SPIRAL, 500, 1);
    points[0] = 2;
    ReverseEstimate reverse = new NeighbourEstimates(DivergenceLaws.SPIRAL, points).reverse();
    assertThat(reverse.value()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(reverse.standardError()).isNaN();
    assertThat(reverse.stray()).isEqualTo(1 / 500.0);
  }

  @Test
  void samplesRoundedOverTheEdgeAreNotStray() {
    double[] edge = new double[2];
    int outside = 0;
    for (int i = 1; i < 10_000; i++) {
      DivergenceLaws.SPIRAL.naturalMap().map(new double[] {i / 5_000.0 - 1, i % 2 * 2 - 1}, edge);
      double x = (float) edge[0];
      double y = (float) edge[1];
      outside +=
          TargetPoints.logDensity(DivergenceLaws.SPIRAL, x, y) == Double.NEGATIVE_INFINITY ? 1 : 0;
      assertThat(TargetPoints.logDensityAtSample(DivergenceLaws.SPIRAL, x, y)).isFinite();
    }
    assertThat(outside).isPositive();
    assertThat(TargetPoints.logDensityAtSample(DivergenceLaws.SPIRAL, 1.00001, 0)).isInfinite();
  }

  @Test
  void theShareBeyondTheSamplesIsThatOfTheLostPart() {
    KnownPair itself = new KnownPair("", EIGHT, Pairs.law(EIGHT), 0);
    KnownPair seven = new KnownPair("", EIGHT, Pairs.law(Pairs.sevenOfEight()), 0);
    assertThat(forward(itself, 5_000, 1).beyond()).isLessThan(0.0015);
    assertThat(forward(seven, 5_000, 1).beyond()).isBetween(0.08, 0.13);
  }

  @Test
  void duplicatesAreReported() {
    float[] points = DivergenceLaws.draw(DivergenceLaws.NORMAL_1D, 1_000, 1);
    for (int i = 0; i < 500; i++) {
      points[i] = 0.25f;
    }
    ReverseEstimate reverse = new NeighbourEstimates(DivergenceLaws.NORMAL_1D, points).reverse();
    assertThat(reverse.floored()).isEqualTo(0.5);
    assertThat(reverse.value()).isBetween(5.0, 20.0);
  }
}
