package org.latentsweep.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every target, and what is particular to some. */
class TargetDistributionTest {
  /** In nats. Those of the normals have closed forms; two quadratures computed the others. */
  private static final Map<String, Double> ENTROPY =
      Map.of(
          "normal-1d", 1.418939,
          "gaussian", 2.837877,
          "eight-gaussians", 1.698061,
          "spiral", -0.264052);

  static Stream<TargetDistribution> targets() {
    return ENTROPY.keySet().stream().map(Targets::named);
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  @Test
  void theFourPublishedTargetsAreRegistered() {
    assertThat(Targets.all()).containsKeys(ENTROPY.keySet().toArray(String[]::new));
  }

  @Test
  void theMessageForAnUnknownTargetListsThoseThereAre() {
    assertThatThrownBy(() -> Targets.named("ring"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot find target 'ring'; there are eight-gaussians, ");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void densityIntegratesToOneAndHasTheKnownEntropy(TargetDistribution target) {
    double[] mass = {0};
    double[] entropy = {0};
    forEachCell(
        target,
        3000,
        target.supportHalfWidth(),
        (x, volume) -> {
          double log = target.logDensity(x);
          if (log > Double.NEGATIVE_INFINITY) {
            mass[0] += Math.exp(log) * volume;
            entropy[0] -= Math.exp(log) * log * volume;
          }
        });
    assertThat(mass[0]).isCloseTo(1, within(1e-3));
    assertThat(entropy[0]).isCloseTo(ENTROPY.get(target.name()), within(1e-3));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void smoothedDensityIntegratesToOne(TargetDistribution target) {
    double h = 3 * target.defaultBandwidth();
    double[] mass = {0};
    forEachCell(
        target,
        160,
        target.supportHalfWidth() + 7 * h,
        (x, volume) -> mass[0] += Math.exp(target.smoothedLogDensity(x, h)) * volume);
    assertThat(mass[0]).isCloseTo(1, within(1e-4));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void smoothedDensityIsTheMeanOfKernelsOverSamples(TargetDistribution target) {
    double h = 2 * target.defaultBandwidth();
    int d = target.dimensions();
    int n = 200_000;
    float[] samples = new float[n * d];
    target.sample(random(5), samples);
    float[] places = new float[8 * d];
    target.sample(random(6), places);
    for (int place = 0; place < places.length; place += d) {
      double[] x = new double[d];
      for (int j = 0; j < d; j++) {
        x[j] = places[place + j] + 0.5 * h;
      }
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < samples.length; i += d) {
        double squared = 0;
        for (int j = 0; j < d; j++) {
          squared += Math.pow((x[j] - samples[i + j]) / h, 2);
        }
        double kernel = Math.exp(-squared / 2) / Math.pow(2 * Math.PI * h * h, d / 2.0);
        sum += kernel;
        squares += kernel * kernel;
      }
      double mean = sum / n;
      double error = Math.sqrt((squares / n - mean * mean) / n);
      assertThat(Math.exp(target.smoothedLogDensity(x, h))).isCloseTo(mean, within(5 * error));
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void smoothedLogDensityStaysFiniteAndQuadraticFarAway(TargetDistribution target) {
    double h = target.defaultBandwidth();
    double[] x = new double[target.dimensions()];
    x[0] = 100;
    double near = target.smoothedLogDensity(x, h);
    x[0] = 200;
    double far = target.smoothedLogDensity(x, h);
    assertThat(near).isFinite().isNegative();
    assertThat(far / near).isBetween(3.8, 4.2);
    x[0] = -1e30;
    assertThat(target.smoothedLogDensity(x, h)).isFinite();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void samplesPassAChiSquareTest(TargetDistribution target) {
    for (long seed = 1; seed <= 3; seed++) {
      float[] samples = new float[50_000 * target.dimensions()];
      target.sample(random(seed), samples);
      assertThat(chiSquareP(target, samples)).isGreaterThan(1e-3);
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void theNaturalMapTurnsItsNoiseIntoTheTarget(TargetDistribution target) {
    NaturalMap map = target.naturalMap();
    int k = map.latentDimension();
    int d = target.dimensions();
    float[] latents = new float[50_000 * k];
    map.noise().fill(random(7), k, latents);
    float[] points = new float[50_000 * d];
    double[] z = new double[k];
    double[] x = new double[d];
    for (int i = 0; i < 50_000; i++) {
      for (int j = 0; j < k; j++) {
        z[j] = latents[i * k + j];
      }
      map.map(z, x);
      for (int j = 0; j < d; j++) {
        points[i * d + j] = (float) x[j];
      }
    }
    assertThat(chiSquareP(target, points)).isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void modesAreWhereTheDensityPeaks(TargetDistribution target) {
    for (Mode mode : target.modes()) {
      double[] x = mode.centre().stream().mapToDouble(Double::doubleValue).toArray();
      double peak = target.logDensity(x);
      x[0] += mode.standardDeviation();
      assertThat(peak - target.logDensity(x)).isCloseTo(0.5, within(1e-6));
    }
  }

  @Test
  void withOneModePointsOver4StandardDeviationsFromItAreStray() {
    assertThat(Targets.named("normal-1d").isStray(new double[] {-3.99})).isFalse();
    assertThat(Targets.named("normal-1d").isStray(new double[] {-4.01})).isTrue();
    assertThat(Targets.named("gaussian").isStray(new double[] {2.9, 2.9})).isTrue();
  }

  @Test
  void withSeveralModesPointsOver3StandardDeviationsFromEachAreStray() {
    assertThat(Targets.named("eight-gaussians").isStray(new double[] {2.59, 0})).isFalse();
    assertThat(Targets.named("eight-gaussians").isStray(new double[] {2.61, 0})).isTrue();
    assertThat(Targets.named("eight-gaussians").isStray(new double[] {0, 0})).isTrue();
  }

  @Test
  void pointsOutsideTheSpiralsBandAreStray() {
    assertThat(Targets.named("spiral").isStray(new double[] {0.75, 0.75})).isTrue();
    assertThat(Targets.named("spiral").isStray(new double[] {0.5, 0})).isFalse();
  }

  @Test
  void theSpiralsDensityIs0OutsideItsBand() {
    Spiral spiral = new Spiral();
    assertThat(spiral.logDensity(new double[] {1.01, 0})).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(spiral.logDensity(new double[] {0.75, 0.75})).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void theSpiralsSamplesAreInTheUnitDisc() {
    float[] samples = new float[20_000];
    new Spiral().sample(random(3), samples);
    for (int i = 0; i < samples.length; i += 2) {
      double r = Math.hypot(samples[i], samples[i + 1]);
      assertThat(r).isLessThanOrEqualTo(1 + 1e-6);
    }
  }

  private interface Visitor {
    void visit(double[] x, double volume);
  }

  /** Visits the midpoints of a grid over [-s, s]^d with {@code cells} cells per axis. */
  private static void forEachCell(TargetDistribution target, int cells, double s, Visitor visitor) {
    double step = 2 * s / cells;
    boolean flat = target.dimensions() == 1;
    double[] x = new double[target.dimensions()];
    for (int i = 0; i < cells; i++) {
      x[0] = -s + (i + 0.5) * step;
      for (int j = 0; j < (flat ? 1 : cells); j++) {
        if (!flat) {
          x[1] = -s + (j + 0.5) * step;
        }
        visitor.visit(x, flat ? step : step * step);
      }
    }
  }

  /**
   * Returns the p-value of a chi-square test of samples against the density. The bins are the
   * squares with at least 5 expected samples, and one of all others together.
   */
  private static double chiSquareP(TargetDistribution target, float[] samples) {
    int d = target.dimensions();
    int n = samples.length / d;
    int bins = d == 1 ? 60 : 30;
    int sub = d == 1 ? 200 : 50;
    double s = target.supportHalfWidth();
    double[] expected = new double[d == 1 ? bins : bins * bins];
    forEachCell(
        target,
        bins * sub,
        s,
        (x, volume) -> expected[bin(x, bins, s)] += n * Math.exp(target.logDensity(x)) * volume);
    double[] observed = new double[expected.length];
    double[] x = new double[d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        x[j] = samples[i * d + j];
      }
      observed[bin(x, bins, s)]++;
    }
    List<double[]> cells = new ArrayList<>();
    double[] rest = new double[2];
    for (int b = 0; b < expected.length; b++) {
      if (expected[b] >= 5) {
        cells.add(new double[] {observed[b], expected[b]});
      } else {
        rest[0] += observed[b];
        rest[1] += expected[b];
      }
    }
    if (rest[1] >= 5) {
      cells.add(rest);
    }
    double statistic = cells.stream().mapToDouble(c -> Math.pow(c[0] - c[1], 2) / c[1]).sum();
    return RegularizedGamma.Q.value((cells.size() - 1) / 2.0, statistic / 2);
  }

  private static int bin(double[] x, int bins, double s) {
    int index = 0;
    for (double coordinate : x) {
      int b = (int) Math.floor((coordinate + s) / (2 * s) * bins);
      index = index * bins + Math.max(0, Math.min(bins - 1, b));
    }
    return index;
  }
}
