package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latentsweep.divergence.NeighbourEstimates.Estimate;
import org.latentsweep.divergence.Pairs.KnownPair;

class NeighbourEstimatesTest {

  private static Estimate forward(KnownPair pair, int n, long seed) {
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
        Estimate reverse = new NeighbourEstimates(pair.p(), pair.q().draw(20_000, 3)).reverse();
        assertThat(reverse.value()).isCloseTo(0, within(4 * reverse.standardError() + 0.005));
        assertThat(reverse.floored()).isZero();
      }
    }
  }

  @Test
  void theReverseOfNormalsIsTheClosedForm() {
    KnownPair wider = Pairs.WELL_POSED.get(2);
    Estimate reverse = new NeighbourEstimates(wider.p(), wider.q().draw(50_000, 3)).reverse();
    assertThat(reverse.value())
        .isCloseTo(DivergenceLaws.gaussianKl(2, 1.5, 0, 1), within(4 * reverse.standardError()));
  }

  @Test
  void samplesOutsideTheSupportHaveAnInfiniteReverse() {
    float[] points = DivergenceLaws.draw(DivergenceLaws.SPIRAL, 500, 1);
    points[0] = 2;
    Estimate reverse = new NeighbourEstimates(DivergenceLaws.SPIRAL, points).reverse();
    assertThat(reverse.value()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(reverse.standardError()).isNaN();
  }

  @Test
  void duplicatesAreReported() {
    float[] points = DivergenceLaws.draw(DivergenceLaws.NORMAL_1D, 1_000, 1);
    for (int i = 0; i < 500; i++) {
      points[i] = 0.25f;
    }
    Estimate reverse = new NeighbourEstimates(DivergenceLaws.NORMAL_1D, points).reverse();
    assertThat(reverse.floored()).isEqualTo(0.5);
    assertThat(reverse.value()).isBetween(5.0, 20.0);
  }
}
