package org.latentsweep.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImprovementTest {
  private static double[] consecutive(int from, int n) {
    return IntStream.range(from, from + n).asDoubleStream().toArray();
  }

  @Test
  void agreesWithTheSolutionOfTheEquation() {
    // scipy 1.17.1: optimize.brentq on the equation in the class's description
    Improvement found =
        Improvement.of(
            new double[] {0.1, 0.2, 0.15, 0.12}, new double[] {0.3, 0.25, 0.6, 0.4, 0.2});
    assertThat(found.probability()).isCloseTo(0.975, within(1e-15));
    assertThat(found.low()).isCloseTo(0.5810209239469856, within(1e-9));
    assertThat(found.high()).isCloseTo(0.9989169801874479, within(1e-9));

    Improvement sure = Improvement.of(consecutive(0, 10), consecutive(10, 10));
    assertThat(sure.probability()).isEqualTo(1);
    assertThat(sure.low()).isCloseTo(0.8002136128811059, within(1e-9));
    assertThat(sure.high()).isEqualTo(1);
    Improvement three = Improvement.of(consecutive(3, 3), consecutive(0, 3));
    assertThat(three.probability()).isZero();
    assertThat(three.low()).isZero();
    assertThat(three.high()).isCloseTo(1 - 0.5010187607015301, within(1e-9));
  }

  @Test
  void runsThatDivergedLose() {
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(Improvement.of(new double[] {9}, new double[] {infinity}).probability())
        .isEqualTo(1);
    assertThat(Improvement.of(new double[] {infinity}, new double[] {infinity}).probability())
        .isEqualTo(0.5);
  }

  @Test
  void theIntervalHoldsOneHalfUnderEqualCells() {
    int repetitions = 5_000;
    for (int n : new int[] {3, 5, 10}) {
      for (SeedPopulation population : SeedPopulation.ALL) {
        RandomGenerator random = Laws.random(n);
        int held = 0;
        for (int i = 0; i < repetitions; i++) {
          Improvement found =
              Improvement.of(population.draw(random, n), population.draw(random, n));
          held += found.low() <= 0.5 && found.high() >= 0.5 ? 1 : 0;
        }
        System.out.printf(
            "improvement, collapse %.2f, n = %d: held in %.2f%%%n",
            population.collapse(), n, 100.0 * held / repetitions);
        assertThat((double) held / repetitions).isGreaterThan(n == 3 ? 0.89 : 0.93);
      }
    }
  }
}
