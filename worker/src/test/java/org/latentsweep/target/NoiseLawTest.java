package org.latentsweep.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every noise law, and what is particular to each. */
class NoiseLawTest {
  private static final int K = 10;

  static Stream<NoiseLaw> laws() {
    return Stream.of(
        new NoiseLaw.Normal(),
        new NoiseLaw.Uniform(0, 1),
        new NoiseLaw.Uniform(-0.5, 2.25),
        new NoiseLaw.NormalOneHot(8));
  }

  private static float[] draw(NoiseLaw law, int k, int n) {
    float[] latents = new float[n * k];
    law.fill(new SplittableRandom(2), k, latents);
    return latents;
  }

  @Test
  void everyKindOfLawIsTested() {
    Set<Class<?>> tested = laws().map(Object::getClass).collect(Collectors.toSet());
    assertThat(tested).containsExactlyInAnyOrder(NoiseLaw.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("laws")
  void theCanonicalFormIsReadAsTheSameLaw(NoiseLaw law) {
    assertThat(NoiseLaw.parse(law.toString())).isEqualTo(law);
  }

  @ParameterizedTest
  @MethodSource("laws")
  void theSameStreamGivesTheSameLatents(NoiseLaw law) {
    assertThat(draw(law, K, 100)).isEqualTo(draw(law, K, 100));
  }

  @ParameterizedTest
  @MethodSource("laws")
  void theOldContentOfTheArrayDoesNotMatter(NoiseLaw law) {
    float[] latents = new float[100 * K];
    Arrays.fill(latents, 7);
    law.fill(new SplittableRandom(2), K, latents);
    assertThat(latents).isEqualTo(draw(law, K, 100));
  }

  @ParameterizedTest
  @MethodSource("laws")
  void theSmallestLatentDimensionHasLatents(NoiseLaw law) {
    int k = law.minimumLatentDimension();
    float[] latents = draw(law, k, 1_000);
    assertThat(law.continuousDimensions(k)).isBetween(0, k);
    for (int j = 0; j < k; j++) {
      assertThat(coordinate(latents, k, j)).doesNotContain(Double.NaN);
      assertThat(Arrays.stream(coordinate(latents, k, j)).distinct().count()).isGreaterThan(1);
    }
  }

  /** The Kolmogorov-Smirnov statistic exceeds 1.95 / sqrt(n) with a probability of 0.001. */
  @ParameterizedTest
  @MethodSource("laws")
  void continuousCoordinatesFollowTheLaw(NoiseLaw law) {
    int n = 20_000;
    float[] latents = draw(law, K, n);
    for (int j = 0; j < law.continuousDimensions(K); j++) {
      double[] z = coordinate(latents, K, j);
      Arrays.sort(z);
      double distance = 0;
      for (int i = 0; i < n; i++) {
        double p = law.cumulative(z[i]);
        distance = Math.max(distance, Math.max(p - (double) i / n, (i + 1.0) / n - p));
      }
      assertThat(distance).isLessThan(1.95 / Math.sqrt(n));
    }
  }

  /** The correlation of independent coordinates has the standard deviation 1 / sqrt(n). */
  @ParameterizedTest
  @MethodSource("laws")
  void continuousCoordinatesAreUncorrelated(NoiseLaw law) {
    int n = 20_000;
    float[] latents = draw(law, K, n);
    for (int j = 1; j < law.continuousDimensions(K); j++) {
      double[] a = standardised(coordinate(latents, K, j - 1));
      double[] b = standardised(coordinate(latents, K, j));
      double correlation = 0;
      for (int i = 0; i < n; i++) {
        correlation += a[i] * b[i] / n;
      }
      assertThat(correlation).isCloseTo(0, within(5 / Math.sqrt(n)));
    }
  }

  private static double[] coordinate(float[] latents, int k, int j) {
    double[] z = new double[latents.length / k];
    Arrays.setAll(z, i -> latents[i * k + j]);
    return z;
  }

  private static double[] standardised(double[] z) {
    double mean = Arrays.stream(z).average().orElseThrow();
    double variance = Arrays.stream(z).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    return Arrays.stream(z).map(x -> (x - mean) / Math.sqrt(variance)).toArray();
  }

  @ParameterizedTest
  @MethodSource("laws")
  void theCumulativeFunctionIsTheInverseOfTheQuantileFunction(NoiseLaw law) {
    for (double p : new double[] {1e-9, 0.01, 0.3, 0.5, 0.9, 0.999}) {
      assertThat(law.cumulative(law.quantile(p))).isCloseTo(p, within(1e-15));
    }
  }

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
  void theMessageNamesTextThatCannotBeRead(String text, String message) {
    assertThatThrownBy(() -> NoiseLaw.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"normal|0|1", "uniform(0,1)|0.5|0.288675", "uniform(-1,1)|0|0.57735"})
  void coordinatesHaveTheLawsMeanAndStandardDeviation(String text, double mean, double sd) {
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

  /** The normal quantiles are those of scipy 1.17.1, {@code scipy.stats.norm.ppf}. */
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
  void quantilesAndProbabilitiesAreThoseOfTheLaw(String text, double p, double z) {
    NoiseLaw law = NoiseLaw.parse(text);
    assertThat(law.quantile(p)).isCloseTo(z, within(1e-12));
    assertThat(law.cumulative(z)).isCloseTo(p, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"normal|10", "uniform(0,1)|10", "normal+one-hot(8)|2"})
  void allCoordinatesOutsideTheOneHotVectorAreContinuous(String text, int continuous) {
    assertThat(NoiseLaw.parse(text).continuousDimensions(10)).isEqualTo(continuous);
  }

  @Test
  void uniformNoiseIsInItsInterval() {
    for (float x : draw(new NoiseLaw.Uniform(-0.5, 2.25), K, 20_000)) {
      assertThat(x).isBetween(-0.5f, 2.25f);
    }
  }

  @Test
  void oneHotNoiseEndsWithAOneHotVector() {
    float[] z = draw(new NoiseLaw.NormalOneHot(8), 10, 4_000);
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
