package org.latentsweep.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentsweep.metric.Share;

/** Tests standard errors and intervals of shares and of means over blocks. */
class ErrorsTest {

  /** Values of scipy 1.17.1, {@code binomtest(k, n).proportion_ci(method='wilson')}. */
  @ParameterizedTest
  @CsvSource({
    "0, 100, 0, 0.03699349820698568",
    "3, 100, 0.010254524024038925, 0.08451936429052762",
    "8192, 16384, 0.4923447880687482, 0.5076552119312518",
    "100, 100, 0.9630065017930143, 1"
  })
  void sharesHaveWilsonsInterval(int count, int n, double low, double high) {
    Share share = new Share(count, n);
    assertThat(share.low()).isCloseTo(low, within(1e-12));
    assertThat(share.high()).isCloseTo(high, within(1e-12));
  }

  @Test
  void sharesHaveTheBinomialError() {
    assertThat(new Share(25, 100).value()).isEqualTo(0.25);
    assertThat(new Share(25, 100).standardError()).isCloseTo(Math.sqrt(0.001875), within(1e-15));
  }

  /** Values of scipy 1.17.1, {@code scipy.stats.t.interval(0.95, 3, mean, sd / 2)}. */
  @Test
  void meansOverBlocksHaveTheTInterval() {
    BlockMean mean = BlockMean.of(new double[] {1, 2, 4, 7});
    assertThat(mean.value()).isEqualTo(3.5);
    assertThat(mean.standardError()).isCloseTo(1.3228756555322954, within(1e-12));
    assertThat(mean.value() + mean.half()).isCloseTo(7.709980742298516, within(1e-9));
  }

  @Test
  void theErrorOfARatioCombinesBoth() {
    BlockMean ratio = new BlockMean(6, 0.3, 8).over(new BlockMean(2, 0.2, 8));
    assertThat(ratio.value()).isEqualTo(3);
    assertThat(ratio.standardError() / 3).isCloseTo(Math.hypot(0.05, 0.1), within(1e-12));
    assertThat(new BlockMean(0, 0, 8).over(new BlockMean(2, 0.2, 8)).standardError()).isZero();
  }
}
