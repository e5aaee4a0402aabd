package org.latentsweep.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

class MappingMetricsTest {
  private static final NoiseLaw NORMAL = new NoiseLaw.Normal();
  private static final NoiseLaw UNIFORM = new NoiseLaw.Uniform(-1, 1);
  private static final TargetDistribution GAUSSIAN = Targets.named("gaussian");
  private static final TargetDistribution NORMAL_1D = Targets.named("normal-1d");
  private static final TargetDistribution EIGHT = Targets.named("eight-gaussians");
  private static final TargetDistribution SPIRAL = Targets.named("spiral");

  private static Map<String, Metric> measure(
      TargetDistribution target, NoiseLaw noise, LatentMap map) {
    List<Metric> metrics = MappingMetrics.of(target, noise, map);
    metrics.forEach(MappingMetricsTest::assertSound);
    return metrics.stream().collect(Collectors.toMap(Metric::metric, Function.identity()));
  }

  private static void assertSound(Metric m) {
    assertThat(m.value()).as(m.metric()).isGreaterThanOrEqualTo(m.ciLow());
    assertThat(m.ciLow()).as(m.metric()).isNotNegative();
    assertThat(m.ciHigh())
        .satisfiesAnyOf(
            h -> assertThat(h).isNaN(), h -> assertThat(h).isGreaterThanOrEqualTo(m.value()));
    assertThat(m.bandwidth()).isNaN();
    assertThat(m.floored()).isNaN();
  }

  private static double value(Map<String, Metric> metrics, String name) {
    return metrics.get(name).value();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 2.5})
  void aRotationKeepsEverything(double angle) {
    Map<String, Metric> metrics = measure(GAUSSIAN, NORMAL, Maps.rotation(angle));

    assertThat(metrics)
        .containsOnlyKeys(
            "tear", "fold", "lipschitz_max", "relative_width", "neighbour_preservation");
    assertThat(value(metrics, "tear")).isZero();
    assertThat(value(metrics, "fold")).isZero();
    assertThat(value(metrics, "lipschitz_max")).isCloseTo(1, within(1e-12));
    assertThat(value(metrics, "neighbour_preservation")).isEqualTo(1);
    // under normal noise a rotation is a natural map of this target
    assertThat(value(metrics, "relative_width")).isCloseTo(1, within(0.02));
    assertThat(metrics.values())
        .allSatisfy(m -> assertThat(m.floor()).isCloseTo(m.value(), within(0.02)));
  }

  @Test
  void namesEstimatorsAndCounts() {
    assertThat(MappingMetrics.of(GAUSSIAN, NORMAL, Maps.identity(2)))
        .extracting(m -> m.metric() + " " + m.estimator() + " " + m.n())
        .containsExactly(
            "tear jacobian-lattice 16384",
            "fold jacobian-lattice 16384",
            "lipschitz_max jacobian-lattice 16384",
            "neighbour_preservation knn-blocks 8192",
            "relative_width local-area-blocks 16384");
  }

  @Test
  void theConstantsAreTheNamesOfTheMetrics() {
    assertThat(MappingMetrics.of(GAUSSIAN, NORMAL, Maps.identity(2)))
        .extracting(Metric::metric)
        .containsExactly(
            MappingMetrics.TEAR,
            MappingMetrics.FOLD,
            MappingMetrics.LIPSCHITZ_MAX,
            MappingMetrics.NEIGHBOUR_PRESERVATION,
            MappingMetrics.RELATIVE_WIDTH);
  }

  @Test
  void aReflectionIsNoFold() {
    LatentMap reflection = Maps.linear(new double[] {0, 1}, new double[] {1, 0});
    assertThat(value(measure(GAUSSIAN, NORMAL, reflection), "fold")).isZero();
    assertThat(value(measure(NORMAL_1D, UNIFORM, Maps.linear(new double[] {-2})), "fold")).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5", "-0.6744897501960817, 0.25", "1.2815515655446004, 0.1"})
  void aFoldTurnsTheShareOfItsSmallerSide(double fold, double share) {
    for (int d = 1; d <= 2; d++) {
      Map<String, Metric> metrics =
          measure(d == 1 ? NORMAL_1D : GAUSSIAN, NORMAL, Maps.foldedAt(fold, d));
      assertThat(value(metrics, "fold")).isCloseTo(share, within(0.5 / 128));
      assertThat(value(metrics, "tear")).isZero();
      assertThat(value(metrics, "lipschitz_max")).isCloseTo(1, within(1e-9));
      assertThat(value(metrics, "neighbour_preservation")).isBetween(0.3, 1 - 0.5 * share);
    }
  }

  /** Each point has as many neighbours from the other side as from its own. */
  @Test
  void aFoldInTheMiddleKeepsHalfOfTheNeighbours() {
    assertThat(value(measure(GAUSSIAN, NORMAL, Maps.foldedAt(0, 2)), "neighbour_preservation"))
        .isCloseTo(0.5, within(0.05));
  }

  @Test
  void whereTheMapIsConstantNothingIsFolded() {
    LatentMap flat = Maps.linear(new double[] {1, 1}, new double[] {1, 1});
    assertThat(value(measure(GAUSSIAN, NORMAL, flat), "fold")).isZero();
    Map<String, Metric> point =
        measure(GAUSSIAN, NORMAL, Maps.linear(new double[2], new double[2]));
    assertThat(value(point, "tear")).isZero();
    assertThat(value(point, "lipschitz_max")).isZero();
    assertThat(value(point, "relative_width")).isZero();
    assertThat(value(point, "neighbour_preservation")).isLessThan(0.02);
  }

  @Test
  void aJumpTearsTheLatentsBesideIt() {
    assertThat(value(measure(GAUSSIAN, NORMAL, Maps.torn(10, 2)), "tear")).isEqualTo(1.0 / 128);
    assertThat(value(measure(NORMAL_1D, NORMAL, Maps.torn(10, 1)), "tear")).isEqualTo(1.0 / 16_384);
    // points that are close together stay close together, except at the tear
    assertThat(value(measure(GAUSSIAN, NORMAL, Maps.torn(10, 2)), "neighbour_preservation"))
        .isBetween(0.95, 0.9999);
  }

  /** The ramp has slope 40 over 5% of the mass. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void aRampIsTornOverItsMass(int k) {
    double half = NORMAL.quantile(0.525);
    int d = Math.min(k, 2);
    LatentMap ramp =
        Maps.numerical(
            k,
            d,
            z -> {
              z[0] += 39 * Math.max(-half, Math.min(half, z[0]));
              return Arrays.copyOf(z, d);
            });
    Map<String, Metric> metrics = measure(d == 1 ? NORMAL_1D : GAUSSIAN, NORMAL, ramp);
    Metric tear = metrics.get("tear");
    assertThat(tear.value()).isCloseTo(0.05, within(1.5 / 128));
    assertThat(tear.standardError()).isCloseTo(0.0017, within(0.0003));
    assertThat(tear.estimator()).isEqualTo(k <= 2 ? "jacobian-lattice" : "jacobian-sample");
    assertThat(metrics.containsKey("fold")).isEqualTo(k <= 2);
    assertThat(value(metrics, "lipschitz_max")).isCloseTo(40, within(1e-6));
  }

  static Stream<TargetDistribution> targets() {
    return Stream.of(GAUSSIAN, NORMAL_1D, EIGHT, SPIRAL);
  }

  /** With its own noise, the floors of a natural map are its values. */
  @ParameterizedTest
  @MethodSource("targets")
  void naturalMapsAreUnfoldedAndAsWideAsTheirTarget(TargetDistribution target) {
    NaturalMap natural = target.naturalMap();
    LatentMap map = new NaturalLatentMap(target, natural.noise());
    Map<String, Metric> metrics = measure(target, natural.noise(), map);

    assertThat(value(metrics, "fold")).isZero();
    if (target.dimensions() == 2) {
      Metric width = metrics.get("relative_width");
      assertThat(width.value()).isCloseTo(1, within(4 * width.standardError()));
      assertThat(width.standardError()).isLessThan(0.02);
    }
    assertThat(metrics.values()).allSatisfy(m -> assertThat(m.floor()).isEqualTo(m.value()));
  }

  @Test
  void naturalMapsHaveTheStretchOfTheirFormula() {
    // |dx/du| = |(dr/du, r dtheta/du)| at the outer end, half a cell from u = v = 1
    double r = 0.5 + 0.45 * (1 - 1.0 / 128) + 0.05 * (1 - 1.0 / 128);
    assertThat(
            value(measure(SPIRAL, UNIFORM, new NaturalLatentMap(SPIRAL, UNIFORM)), "lipschitz_max"))
        .isCloseTo(Math.hypot(0.45, 3 * Math.PI * r), within(1e-3));
    Map<String, Metric> eight =
        measure(EIGHT, new NoiseLaw.NormalOneHot(8), new NaturalLatentMap(EIGHT, NORMAL));
    assertThat(value(eight, "lipschitz_max")).isCloseTo(0.2, within(1e-6));
    assertThat(value(eight, "tear")).isZero();
    assertThat(value(eight, "neighbour_preservation")).isGreaterThan(0.98);
  }

  /** With normal noise the natural map, which is a probit map of quantiles, is the identity. */
  @Test
  void floorsAreOfTheNaturalMapUnderTheRunsNoise() {
    Map<String, Metric> normal = measure(GAUSSIAN, NORMAL, Maps.rotation(1));
    assertThat(normal.get("lipschitz_max").floor()).isCloseTo(1, within(1e-6));
    assertThat(normal.get("tear").floor()).isZero();
    Map<String, Metric> uniform = measure(GAUSSIAN, new NoiseLaw.Uniform(0, 1), Maps.rotation(1));
    assertThat(uniform.get("lipschitz_max").floor()).isGreaterThan(40);
    assertThat(uniform.get("tear").floor()).isCloseTo(0.04, within(0.01));
  }

  /** The documented values: the boundary makes the squeezed band look somewhat wider. */
  @ParameterizedTest
  @CsvSource({"0.25, 0.28", "0.5, 0.53", "0.75, 0.77", "1, 1"})
  void aSqueezedSpiralIsAsMuchNarrower(double factor, double expected) {
    LatentMap whole = new NaturalLatentMap(SPIRAL, UNIFORM);
    LatentMap squeezed =
        Maps.numerical(
            2,
            2,
            z -> {
              double[] x = new double[2];
              z[1] *= factor;
              whole.value(z, x);
              return x;
            });
    Metric width = measure(SPIRAL, UNIFORM, squeezed).get("relative_width");
    assertThat(width.value()).isCloseTo(expected, within(0.02));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 0.75})
  void modesSqueezedInOneDirectionAreAsMuchNarrower(double factor) {
    double[] x = new double[10];
    double[] y = new double[10];
    x[0] = 0.2;
    y[1] = 0.2 * factor;
    for (int m = 0; m < 8; m++) {
      x[2 + m] = EIGHT.modes().get(m).centre().get(0);
      y[2 + m] = EIGHT.modes().get(m).centre().get(1);
    }
    LatentMap squeezed = Maps.linear(x, y);
    Metric width = measure(EIGHT, new NoiseLaw.NormalOneHot(8), squeezed).get("relative_width");
    assertThat(width.value()).isCloseTo(factor, within(0.03));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.03, 0.25, 0.5, 0.75})
  void aSqueezedNormalIsAsMuchNarrower(double factor) {
    LatentMap squeezed = Maps.linear(new double[] {1, 0}, new double[] {0, factor});
    assertThat(value(measure(GAUSSIAN, NORMAL, squeezed), "relative_width"))
        .isCloseTo(factor, within(0.03));
  }

  /** A swirl preserves N(0, I), but neither neighbours nor the shape of its Jacobian. */
  @Test
  void theWidthIsOneForEveryMapThatPreservesTheTarget() {
    LatentMap swirl =
        Maps.numerical(
            2,
            2,
            z -> {
              double angle = 4 * Math.hypot(z[0], z[1]);
              double cos = Math.cos(angle);
              double sin = Math.sin(angle);
              return new double[] {cos * z[0] - sin * z[1], sin * z[0] + cos * z[1]};
            });
    Map<String, Metric> metrics = measure(GAUSSIAN, NORMAL, swirl);
    assertThat(value(metrics, "relative_width")).isCloseTo(1, within(0.02));
    assertThat(value(metrics, "fold")).isZero();
    assertThat(value(metrics, "lipschitz_max")).isGreaterThan(8);
    assertThat(value(metrics, "neighbour_preservation")).isLessThan(0.8);
  }

  @Test
  void aCurveHasNoWidthByRankAndHasNoFold() {
    Map<String, Metric> metrics =
        measure(GAUSSIAN, NORMAL, Maps.linear(new double[] {1}, new double[] {2}));
    assertThat(metrics).doesNotContainKey("fold");
    assertThat(metrics.get("relative_width"))
        .extracting(Metric::estimator, Metric::value, Metric::standardError)
        .containsExactly("rank", 0.0, 0.0);
    assertThat(value(metrics, "lipschitz_max")).isCloseTo(Math.sqrt(5), within(1e-12));
    assertThat(measure(NORMAL_1D, NORMAL, Maps.identity(1))).doesNotContainKey("relative_width");
  }

  @Test
  void aSheetOfAOneHotVectorMayFaceTheOtherWay() {
    NoiseLaw noise = new NoiseLaw.NormalOneHot(2);
    LatentMap twoSheets =
        Maps.numerical(4, 2, z -> new double[] {z[0] * (z[2] - z[3]), z[1] + 3 * z[3]});
    assertThat(value(measure(GAUSSIAN, noise, twoSheets), "fold")).isZero();
    assertThat(MappingMetrics.of(GAUSSIAN, noise, Maps.identity(2))).isEmpty();
  }

  @Test
  void theSameMapGivesTheSameNumbers() {
    assertThat(MappingMetrics.of(SPIRAL, NORMAL, Maps.rotation(1)))
        .isEqualTo(MappingMetrics.of(SPIRAL, NORMAL, Maps.rotation(1)));
  }

  @Test
  void rejectsMapsThatCannotBeMeasured() {
    assertThatThrownBy(() -> MappingMetrics.of(GAUSSIAN, NORMAL, Maps.identity(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot measure map: its points have 1 coordinates, and those of gaussian have 2");
    assertThatThrownBy(
            () -> MappingMetrics.of(EIGHT, new NoiseLaw.NormalOneHot(8), Maps.identity(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot measure map: normal+one-hot(8) noise needs 8 latent dimensions or more, found 2");
    LatentMap broken = Maps.numerical(1, 1, z -> new double[] {z[0] > 3 ? Double.NaN : z[0]});
    assertThatThrownBy(() -> MappingMetrics.of(NORMAL_1D, NORMAL, broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("Cannot measure map: it gives \\[NaN] at latent \\[3[.].*]");
  }
}
