package org.latentsweep.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseLawTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "normal",
        "uniform(0,1)",
        "uniform(-1,1)",
        "uniform(-0.5,2.25)",
        "normal+one-hot(8)"
      })
  void theCanonicalFormIsReadBack(String text) {
    assertThat(NoiseLaw.parse(text)).hasToString(text);
  }

  @Test
  void spacesAndCaseDoNotMatter() {
    assertThat(NoiseLaw.parse("Uniform( 0, 1.0 )")).isEqualTo(new NoiseLaw.Uniform(0, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cauchy | Cannot read noise law: unknown 'cauchy'; use normal, uniform(a,b),"
            + " normal+one-hot(m)",
        "uniform(a,1) | Cannot read noise law: 'uniform(a,1)' holds no number where one belongs; use"
            + " normal, uniform(a,b), normal+one-hot(m)",
        "uniform(2,1) | Cannot make uniform noise: needs finite low < high, found 2.0, 1.0",
        "normal+one-hot(1) | Cannot make one-hot noise: needs 2 places or more, found 1"
      })
  void whatCannotBeReadIsNamed(String text, String message) {
    assertThatThrownBy(() -> NoiseLaw.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"normal|0|1", "uniform(0,1)|0.5|0.288675", "uniform(-1,1)|0|0.57735"})
  void coordinatesHaveTheLawsMeanAndSpread(String text, double mean, double sd) {
    float[] z = new float[90_000];
    NoiseLaw.parse(text).fill(new SplittableRandom(1), 3, z);
    double sum = 0;
    double squares = 0;
    for (float x : z) {
      sum += x;
      squares += x * x;
    }
    double m = sum / z.length;
    assertThat(m).isCloseTo(mean, within(5 * sd / 300));
    assertThat(Math.sqrt(squares / z.length - m * m)).isCloseTo(sd, within(0.01));
  }

  /** Quantiles of the normal law: scipy 1.17.1, {@code scipy.stats.norm.ppf}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "normal|0.5|0",
        "normal|0.975|1.959963984540054",
        "normal|1e-10|-6.361340902404056",
        "normal+one-hot(8)|0.025|-1.9599639845400545",
        "uniform(-1,3)|0.25|0"
      })
  void quantilesAreThoseOfTheLawAndUndoneByTheCumulativeFunction(String text, double p, double z) {
    NoiseLaw law = NoiseLaw.parse(text);
    assertThat(law.quantile(p)).isCloseTo(z, within(1e-12));
    assertThat(law.cumulative(z)).isCloseTo(p, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"normal|10", "uniform(0,1)|10", "normal+one-hot(8)|2"})
  void whatIsNotOneHotIsContinuous(String text, int continuous) {
    assertThat(NoiseLaw.parse(text).continuousDimensions(10)).isEqualTo(continuous);
  }

  @Test
  void oneHotNoiseHasExactlyOneHotPlaceAfterTheNormals() {
    float[] z = new float[10 * 4_000];
    new NoiseLaw.NormalOneHot(8).fill(new SplittableRandom(2), 10, z);
    int[] count = new int[8];
    for (int row = 0; row < z.length; row += 10) {
      int hot = -1;
      for (int j = 2; j < 10; j++) {
        if (z[row + j] != 0) {
          assertThat(z[row + j]).isEqualTo(1f);
          assertThat(hot).isEqualTo(-1);
          hot = j - 2;
        }
      }
      count[hot]++;
    }
    for (int c : count) {
      assertThat(c).isBetween(400, 600);
    }
  }
}
