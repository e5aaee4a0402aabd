package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MedianOverSeedsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** KL_h of twelve runs of {@code gaussian} with k = 10, of which one collapsed. */
  static final double[] TWELVE = {
    0.09577108308514642, 0.07628894448735472, 0.10624641942031655, 0.08985138369524281,
    0.08113047237997176, 5.413046457508084, 0.08272661494182341, 0.07360902101689629,
    0.05867516356843354, 0.08764336714235185, 0.13498644897431128, 0.08451033247347475
  };

  @Test
  void oneCollapseOfTwelveMovesNothing() {
    MedianOverSeeds median = MedianOverSeeds.of(TWELVE);

    // scipy 1.17.1: numpy.median, stats.quantile_test(...).confidence_interval, stats.binom
    assertThat(median.value()).isCloseTo(0.0860768498079133, within(1e-15));
    assertThat(median.low()).isEqualTo(0.07628894448735472);
    assertThat(median.high()).isEqualTo(0.10624641942031655);
    assertThat(median.confidence()).isCloseTo(0.96142578125, within(1e-12));
    assertThat(median.low95()).isCloseTo(0.07753410213052103, within(1e-12));
    assertThat(median.high95()).isCloseTo(0.10338390896165729, within(1e-12));
    assertThat(median.runs()).isEqualTo(12);
    assertThat(median.finite()).isEqualTo(12);
  }

  @ParameterizedTest
  @CsvSource({"2, 0.5", "3, 0.75", "4, 0.875", "5, 0.9375", "6, 0.96875", "9, 0.9609375"})
  void theConfidenceIsTheOneOfTheBinomialDistribution(int n, double confidence) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> n - i);
    MedianOverSeeds median = MedianOverSeeds.of(values);

    assertThat(median.confidence()).isCloseTo(confidence, within(1e-12));
    assertThat(median.low()).isEqualTo(n < 9 ? 1 : 2);
    assertThat(median.high()).isEqualTo(n < 9 ? n : n - 1);
    assertThat(Double.isNaN(median.low95())).isEqualTo(n < 6);
  }

  @Test
  void oneValueHasNoInterval() {
    MedianOverSeeds median = MedianOverSeeds.of(0.25);
    assertThat(median.value()).isEqualTo(0.25);
    assertThat(median.low()).isNaN();
    assertThat(median.confidence()).isNaN();
  }

  @Test
  void runsThatDivergedAreTheWorst() {
    MedianOverSeeds few = MedianOverSeeds.of(1, INFINITY, 2);
    assertThat(few.value()).isEqualTo(2);
    assertThat(few.high()).isEqualTo(INFINITY);
    assertThat(few.finite()).isEqualTo(2);

    MedianOverSeeds half = MedianOverSeeds.of(1, INFINITY, 2, INFINITY, INFINITY, 3);
    assertThat(half.value()).isEqualTo(INFINITY);
    assertThat(half.low()).isEqualTo(1);
    assertThat(half.low95()).isBetween(1.0, 2.0);
    assertThat(half.high95()).isEqualTo(INFINITY);

    MedianOverSeeds all = MedianOverSeeds.of(INFINITY, INFINITY);
    assertThat(all.value()).isEqualTo(INFINITY);
    assertThat(all.low()).isEqualTo(INFINITY);
    assertThat(all.finite()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 6, 10, 20})
  void theIntervalsHoldTheMedianAsOftenAsTheySay(int n) {
    int repetitions = 20_000;
    for (SeedPopulation population : SeedPopulation.ALL) {
      RandomGenerator random = Laws.random(n);
      int held = 0;
      int held95 = 0;
      double confidence = 0;
      for (int i = 0; i < repetitions; i++) {
        MedianOverSeeds median = MedianOverSeeds.of(population.draw(random, n));
        confidence = median.confidence();
        held += holds(median.low(), median.high(), population.median());
        held95 += holds(median.low95(), median.high95(), population.median());
      }
      System.out.printf(
          "collapse %.2f, n = %d: %.2f%% states %.2f%%, interpolated %.2f%%%n",
          population.collapse(),
          n,
          100.0 * held / repetitions,
          100 * confidence,
          100.0 * held95 / repetitions);
      assertThat((double) held / repetitions)
          .isCloseTo(confidence, within(3 * error(confidence, repetitions)));
      if (n >= 6) {
        // Hettmansperger and Sheather's interval is exact up to half a percentage point.
        assertThat((double) held95 / repetitions)
            .isCloseTo(0.95, within(0.005 + 3 * error(0.95, repetitions)));
      }
    }
  }

  private static int holds(double low, double high, double value) {
    return low <= value && value <= high ? 1 : 0;
  }

  private static double error(double share, int n) {
    return Math.sqrt(share * (1 - share) / n);
  }

  @Test
  void otherMeansOfTheTwelve() {
    // scipy 1.17.1: stats.gmean with stats.t, and stats.trim_mean(..., 0.25)
    GeometricMean geometric = GeometricMean.of(TWELVE).orElseThrow();
    assertThat(geometric.value()).isCloseTo(0.12206538911230705, within(1e-12));
    assertThat(geometric.low()).isCloseTo(0.05654152687785509, within(1e-8));
    assertThat(geometric.high()).isCloseTo(0.2635224063072589, within(1e-7));
    InterquartileMean quartiles = InterquartileMean.of(TWELVE);
    assertThat(quartiles.value()).isCloseTo(0.08693887561966851, within(1e-15));
    assertThat(quartiles.low()).isBetween(0.07, 0.085);
    assertThat(quartiles.high()).isBetween(0.09, 0.13);
    assertThat(InterquartileMean.of(TWELVE)).isEqualTo(quartiles);
  }

  @Test
  void meansOfWhatHasNone() {
    assertThat(GeometricMean.of(1, 0)).isEmpty();
    assertThat(GeometricMean.of(1, INFINITY)).isEmpty();
    assertThat(GeometricMean.of()).isEmpty();
    assertThat(GeometricMean.of(2).orElseThrow().low()).isNaN();
    assertThat(InterquartileMean.of(1, 2, 3, INFINITY).value()).isEqualTo(2.5);
    assertThat(InterquartileMean.of(1, 2, 3, 4).low()).isNaN();
  }
}
