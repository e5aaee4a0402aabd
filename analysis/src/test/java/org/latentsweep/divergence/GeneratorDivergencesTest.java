package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

class GeneratorDivergencesTest {
  private static final NoiseLaw NORMAL = new NoiseLaw.Normal();
  private static final NoiseLaw UNIFORM = new NoiseLaw.Uniform(0, 1);
  private static final TargetDistribution GAUSSIAN = Targets.named("gaussian");
  private static final double H2 = 0.04; // h^2 of gaussian

  private static List<Metric> measure(
      TargetDistribution target, NoiseLaw noise, int k, UnaryOperator<double[]> g) {
    return new GeneratorDivergences(new FunctionMap(k, target.dimensions(), g), noise)
        .of(target, new Bandwidth(1));
  }

  private static Metric named(String name, List<Metric> metrics) {
    return metrics.stream().filter(m -> m.metric().equals(name)).findFirst().orElseThrow();
  }

  private static void holds(Metric metric, double truth, double tolerance) {
    assertThat(metric.value()).as(metric.toString()).isCloseTo(truth, within(tolerance));
    assertThat(truth).as(metric.toString()).isBetween(metric.ciLow(), metric.ciHigh());
  }

  /** KL(N(0, a) || N(m, b)) of one coordinate, with the variances a and b. */
  private static double normal(double a, double b, double m) {
    return 0.5 * (Math.log(b / a) + (a + m * m) / b - 1);
  }

  @Test
  void theTargetItselfHasNoDivergence() {
    List<Metric> metrics = measure(GAUSSIAN, NORMAL, 2, z -> z);

    assertThat(metrics).hasSize(Divergence.values().length);
    assertThat(metrics)
        .allSatisfy(
            metric -> {
              assertThat(metric.estimator()).isEqualTo("latent-quadrature");
              assertThat(metric.floor()).isZero();
              assertThat(metric.ciLow()).isNotNegative();
              holds(metric, 0, 1e-3);
            });
  }

  @Test
  void narrowAndShiftedNormalsHaveTheirClosedForms() {
    for (double sd : new double[] {0.7, 0.3}) {
      List<Metric> narrow = measure(GAUSSIAN, NORMAL, 2, z -> new double[] {sd * z[0], sd * z[1]});
      double b = sd * sd + H2;
      double forward = 2 * normal(1 + H2, b, 0);
      holds(named("kl_forward", narrow), forward, 0.005 * forward);
      double reverse = 2 * normal(b, 1 + H2, 0);
      holds(named("kl_reverse", narrow), reverse, 0.005 * reverse);
    }
    List<Metric> shifted = measure(GAUSSIAN, NORMAL, 2, z -> new double[] {z[0] + 3, z[1]});
    double truth = normal(1 + H2, 1 + H2, 3);
    holds(named("kl_forward", shifted), truth, 0.005 * truth);
    holds(named("kl_reverse", shifted), truth, 0.005 * truth);
  }

  @Test
  void aCorrelationOfPoint8HasItsClosedForm() {
    List<Metric> metrics =
        measure(GAUSSIAN, NORMAL, 2, z -> new double[] {z[0], 0.8 * z[0] + 0.6 * z[1]});

    // a quadrature of the closed forms of both densities
    holds(named("kl_forward", metrics), 1.001379257155934, 2e-3);
    holds(named("kl_reverse", metrics), 0.4478961051629072, 2e-3);
  }

  private static double probit(double u) {
    return NORMAL.quantile(Math.max(1e-15, Math.min(1 - 1e-15, u)));
  }

  @Test
  void uniformNoiseIsTransformed() {
    List<Metric> metrics =
        measure(GAUSSIAN, UNIFORM, 2, z -> new double[] {0.7 * probit(z[0]), 0.7 * probit(z[1])});

    holds(named("kl_forward", metrics), 2 * normal(1 + H2, 0.49 + H2, 0), 2e-3);
  }

  @Test
  void aLineAndAPointHaveFiniteDivergences() {
    List<Metric> line = measure(GAUSSIAN, NORMAL, 1, z -> new double[] {z[0], 0});
    double forward = normal(1 + H2, H2, 0);
    holds(named("kl_forward", line), forward, 0.005 * forward);
    double reverse = normal(H2, 1 + H2, 0);
    holds(named("kl_reverse", line), reverse, 0.005 * reverse);

    List<Metric> point = measure(GAUSSIAN, NORMAL, 2, z -> new double[] {0, 0});
    holds(named("kl_forward", point), 2 * forward, 0.005 * 2 * forward);
  }

  @Test
  void everyHotPlaceHasItsPart() {
    TargetDistribution eight = Targets.named("eight-gaussians");
    List<Metric> metrics =
        measure(
            eight,
            new NoiseLaw.NormalOneHot(8),
            10,
            z -> {
              int mode = 0;
              while (z[2 + mode] != 1) {
                mode++;
              }
              double angle = 2 * Math.PI * mode / 8;
              return new double[] {
                2 * Math.cos(angle) + 0.2 * z[0], 2 * Math.sin(angle) + 0.2 * z[1]
              };
            });

    assertThat(metrics).allSatisfy(metric -> holds(metric, 0, 2e-3));
  }

  @Test
  void moreLatentsAreDrawnUntilTheIntervalIsNarrow() {
    UnaryOperator<double[]> sum =
        z -> new double[] {(z[0] + z[1]) / Math.sqrt(2) + 0.5, (z[2] + z[3]) / Math.sqrt(2)};
    List<Metric> metrics = measure(GAUSSIAN, NORMAL, 4, sum);

    Metric forward = named("kl_forward", metrics);
    assertThat(forward.estimator()).isEqualTo("latent-samples");
    assertThat(forward.ciHigh() - forward.ciLow()).isLessThan(0.02);
    assertThat(normal(1 + H2, 1 + H2, 0.5)).isBetween(forward.ciLow(), forward.ciHigh());
    assertThat(measure(GAUSSIAN, NORMAL, 4, sum)).isEqualTo(metrics);
  }

  @Test
  void aNormalFarFromTheTargetHasItsClosedForm() {
    List<Metric> metrics = measure(GAUSSIAN, NORMAL, 2, z -> new double[] {z[0] + 45, z[1]});

    double truth = normal(1 + H2, 1 + H2, 45);
    holds(named("kl_forward", metrics), truth, 0.001 * truth);
    holds(named("kl_reverse", metrics), truth, 0.001 * truth);
    holds(named("js", metrics), Math.log(2), 1e-3);
  }

  @Test
  void aCollapsedGeneratorBesideTheMiddleHasItsClosedForm() {
    List<Metric> metrics = measure(GAUSSIAN, NORMAL, 2, z -> new double[] {0.3, -0.2});

    double forward = normal(1 + H2, H2, 0.3) + normal(1 + H2, H2, 0.2);
    holds(named("kl_forward", metrics), forward, 0.001 * forward);
    double reverse = normal(H2, 1 + H2, 0.3) + normal(H2, 1 + H2, 0.2);
    holds(named("kl_reverse", metrics), reverse, 0.001 * reverse);
  }

  @Test
  void aModeThatOnlyTheTailReachesIsMeasured() {
    UnaryOperator<double[]> jump = z -> new double[] {z[0] + 20 * Math.max(0, z[0] - 4), z[1]};
    List<Metric> metrics = measure(GAUSSIAN, NORMAL, 2, jump);

    assertThat(named("kl_forward", metrics).value()).isCloseTo(0, within(1e-2));
    assertThat(named("kl_forward", metrics).reason()).isEmpty();
  }

  @Test
  void infiniteImagesAreRefused() {
    assertThatThrownBy(() -> measure(GAUSSIAN, NORMAL, 1, z -> new double[] {z[0] / 0, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("infinite or undefined point");
  }
}
