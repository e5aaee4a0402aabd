package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GammaLimitTest {

  /** Exact limits of Poisson means: scipy.stats.chi2.ppf(0.975, 2 * (k + 1)) / 2, scipy 1.17.1. */
  @ParameterizedTest
  @CsvSource({"0, 3.688879", "1, 5.571643", "2, 7.224688", "5, 11.668332", "20, 30.888378"})
  void isTheExactLimitOfAPoissonMeanForEqualWeights(int count, double limit) {
    assertThat(GammaLimit.upper(count, count, 1)).isCloseTo(limit, within(1e-4 * limit));
    assertThat(GammaLimit.upper(3.0 * count, 9.0 * count, 3))
        .isCloseTo(3 * limit, within(3e-4 * limit));
  }

  /**
   * (v + w**2) / (2 * (y + w)) * scipy.stats.chi2.ppf(0.975, 2 * (y + w)**2 / (v + w**2)), scipy
   * 1.17.1.
   */
  @ParameterizedTest
  @CsvSource({
    "0.3, 0.05, 1, 3.938804",
    "1.5, 0.9, 1, 5.836854",
    "2.5, 1, 1, 6.767991",
    "0.01, 2e-05, 0.005, 0.030725",
    "40, 30, 2, 54.174877"
  })
  void followsTheFormulaForUnequalWeights(double y, double v, double w, double limit) {
    assertThat(GammaLimit.upper(y, v, w)).isCloseTo(limit, within(1e-4 * limit));
  }

  @Test
  void holdsTheMeanOfKernelSums() {
    // the sum of the kernels at 0 of n points that are uniform in [-10, 10]
    int n = 40;
    int held = 0;
    double mean = n * Math.sqrt(2 * Math.PI) / 20;
    RandomGenerator random = DivergenceLaws.random(5);
    for (int repetition = 0; repetition < 1_000; repetition++) {
      double y = 0;
      double v = 0;
      for (int i = 0; i < n; i++) {
        double x = random.nextDouble(-10, 10);
        y += Math.exp(-x * x / 2);
        v += Math.exp(-x * x);
      }
      held += GammaLimit.upper(y, v, 1) >= mean ? 1 : 0;
    }
    assertThat(held).isGreaterThanOrEqualTo(975);
  }
}
