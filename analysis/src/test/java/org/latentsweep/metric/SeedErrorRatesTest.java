package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often the tests across seeds err, by simulation with fixed seeds. */
class SeedErrorRatesTest {
  private static final int REPETITIONS = 2_000;

  private static final double ERROR = Math.sqrt(0.05 * 0.95 / REPETITIONS);

  private static List<double[]> cells(
      SeedPopulation population, RandomGenerator random, int cells, int n) {
    List<double[]> drawn = new ArrayList<>();
    for (int i = 0; i < cells; i++) {
      drawn.add(population.draw(random, n));
    }
    return drawn;
  }

  private static List<double[]> logs(List<double[]> cells) {
    return cells.stream().map(cell -> Arrays.stream(cell).map(Math::log).toArray()).toList();
  }

  private static SortedMap<Long, Double> bySeed(double[] values) {
    SortedMap<Long, Double> bySeed = new TreeMap<>();
    for (double value : values) {
      bySeed.put((long) bySeed.size(), value);
    }
    return bySeed;
  }

  private static boolean anyPairDiffers(List<double[]> cells) {
    Optional<LogVariance> common = LogVariance.common(logs(cells));
    List<Double> p = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      for (int j = i + 1; j < cells.size(); j++) {
        p.add(
            SeedComparison.of(bySeed(cells.get(i)), bySeed(cells.get(j)), false, common)
                .orElseThrow()
                .p());
      }
    }
    double[] adjusted = Holm.adjust(p.stream().mapToDouble(v -> v).toArray());
    return Arrays.stream(adjusted).anyMatch(value -> value < 0.05);
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "4, 3", "8, 3", "4, 5", "4, 10", "4, 20"})
  void equalCellsDifferInFivePercentOfSweepsAtMost(int cells, int n) {
    for (SeedPopulation population : SeedPopulation.ALL) {
      RandomGenerator random = Laws.random(31L * cells + n);
      int wrong = 0;
      for (int i = 0; i < REPETITIONS; i++) {
        wrong += anyPairDiffers(cells(population, random, cells, n)) ? 1 : 0;
      }
      System.out.printf(
          "collapse %.2f, %d cells, n = %d: a false difference in %.2f%% of sweeps%n",
          population.collapse(), cells, n, 100.0 * wrong / REPETITIONS);
      assertThat((double) wrong / REPETITIONS).isLessThan(0.05 + 3 * ERROR);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "4, 5", "8, 3", "4, 10"})
  void theBestCellIsExcludedInFivePercentOfSweepsAtMost(int cells, int n) {
    for (SeedPopulation population : SeedPopulation.ALL) {
      RandomGenerator random = Laws.random(17L * cells + n);
      int wrong = 0;
      for (int i = 0; i < REPETITIONS; i++) {
        // All cells are equal, so the first is as good as the best.
        List<double[]> drawn = logs(cells(population, random, cells, n));
        wrong += ComparisonWithBest.of(drawn).get(0).mayBeBest() ? 0 : 1;
      }
      System.out.printf(
          "collapse %.2f, %d cells, n = %d: a best cell excluded in %.2f%% of sweeps%n",
          population.collapse(), cells, n, 100.0 * wrong / REPETITIONS);
      assertThat((double) wrong / REPETITIONS).isLessThan(0.05 + 3 * ERROR);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 6, 12})
  void theRatioThatResolutionStatesIsFoundInEightyPercent(int n) {
    int cells = 3;
    double shift = Math.log(Resolution.ratio(0.4, n, cells, 3));
    RandomGenerator random = Laws.random(n);
    int found = 0;
    for (int i = 0; i < REPETITIONS; i++) {
      List<double[]> drawn = logs(cells(new SeedPopulation(0), random, cells, n));
      double[] first = Arrays.stream(drawn.get(0)).map(v -> v + shift).toArray();
      LogVariance pooled =
          LogVariance.pooled(List.of(first, drawn.get(1), drawn.get(2))).orElseThrow();
      found += TTest.pooled(first, drawn.get(1), pooled).p() < 0.05 / 3 ? 1 : 0;
    }
    System.out.printf(
        "n = %d: a ratio of %.3f is found in %.2f%%%n",
        n, Math.exp(shift), 100.0 * found / REPETITIONS);
    assertThat((double) found / REPETITIONS).isCloseTo(0.8, within(0.03));
  }
}
