package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonWithBestTest {
  /** Values around a mean with the standard deviation 1. */
  private static double[] around(double mean) {
    return new double[] {mean - 1, mean, mean + 1};
  }

  @ParameterizedTest
  @CsvSource({
    // numpy 2 and scipy 1.17.1: both integrals as sums over 2,001 and 4,001 nodes, optimize.brentq
    "1, 3, 3, 4, 2.1318467863228614",
    "2, 3, 3, 6, 2.3368045921704943",
    "4, 5, 5, 20, 2.3044275891960826",
    "9, 10, 10, 90, 2.45606305614309",
    "9, 3, 3, 20, 2.6007477910387395",
  })
  void dunnettsQuantiles(int others, int n, int control, int nu, double quantile) {
    assertThat(DunnettQuantile.of(Collections.nCopies(others, n), control, nu))
        .isCloseTo(quantile, within(1e-6));
  }

  @Test
  void dunnettsQuantileOfUnequalCells() {
    assertThat(DunnettQuantile.of(List.of(3, 5, 10), 4, 18))
        .isCloseTo(2.1885171038355824, within(1e-6));
  }

  @Test
  void cellsFarFromTheBestAreExcluded() {
    List<ComparisonWithBest> found =
        ComparisonWithBest.of(List.of(around(0), around(1), around(9)));

    // d = 2.3368045921704943 for 3 cells of 3, and the standard error is sqrt(2 / 3)
    double half = 2.3368045921704943 * Math.sqrt(2.0 / 3);
    assertThat(found).extracting(ComparisonWithBest::mayBeBest).containsExactly(true, true, false);
    assertThat(found.get(0).low()).isCloseTo(-1 - half, within(1e-6));
    assertThat(found.get(0).high()).isCloseTo(-1 + half, within(1e-6));
    assertThat(found.get(1).low()).isCloseTo(1 - half, within(1e-6));
    assertThat(found.get(1).high()).isCloseTo(1 + half, within(1e-6));
    assertThat(found.get(2).low()).isZero();
    assertThat(found.get(2).high()).isCloseTo(9 + half, within(1e-6));
    // n >= 2 (d + 0.8416)^2 / 1^2 = 20.2
    assertThat(found).extracting(ComparisonWithBest::moreSeeds).containsExactly(0.0, 18.0, 0.0);
  }

  @Test
  void theOnlyCandidateIsCertain() {
    List<ComparisonWithBest> found = ComparisonWithBest.of(List.of(around(0), around(9)));
    assertThat(found.get(0).high()).isZero();
    assertThat(found.get(0).mayBeBest()).isTrue();
    assertThat(found.get(1).mayBeBest()).isFalse();
  }

  @Test
  void cellsWithTwoSeedsAreNeverExcluded() {
    List<ComparisonWithBest> found =
        ComparisonWithBest.of(List.of(around(0), new double[] {99, 99}, around(9)));
    assertThat(found.get(1).low()).isNaN();
    assertThat(found).extracting(ComparisonWithBest::mayBeBest).containsExactly(true, true, false);

    assertThat(ComparisonWithBest.of(List.of(around(0))).get(0).low()).isNaN();
    assertThat(ComparisonWithBest.of(List.of(new double[] {1, 1, 1}, new double[] {2, 2, 2})))
        .allMatch(ComparisonWithBest::mayBeBest);
  }

  @Test
  void cellsWithDifferentSpreadsHaveTheirOwn() {
    double[] wide = {-3, -2, -1, 0, 1, 2, 3};
    double[] narrow = Arrays.stream(wide).map(v -> 3.5 + v / 100).toArray();
    double[] tight = Arrays.stream(wide).map(v -> 4 + v / 100).toArray();
    List<ComparisonWithBest> found = ComparisonWithBest.of(List.of(wide, narrow, tight));

    assertThat(found).extracting(ComparisonWithBest::mayBeBest).containsExactly(true, false, false);
    assertThat(found.get(0).low()).isLessThan(-5);
  }

  @Test
  void equalCellsCannotBeDecided() {
    assertThat(ComparisonWithBest.of(List.of(around(0), around(0))).get(1).moreSeeds())
        .isInfinite();
  }

  @Test
  void theResolutionOfTwoSeedsIsNone() {
    assertThat(Resolution.ratio(0.4, 2, 4, 3)).isInfinite();
    assertThat(Resolution.ratio(0.4, 3, 1, 1)).isInfinite();
    // scipy 1.17.1: exp(s sqrt(2/n) (t.ppf(1 - .025/m, nu) + t.ppf(.8, nu)))
    assertThat(Resolution.ratio(0.4, 3, 2, 1)).isCloseTo(3.3672652561987, within(1e-7));
    assertThat(Resolution.ratio(0.4, 10, 2, 3)).isCloseTo(1.870699698526907, within(1e-7));
  }
}
