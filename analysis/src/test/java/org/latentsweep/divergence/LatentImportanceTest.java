package org.latentsweep.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

class LatentImportanceTest {
  private static final NoiseLaw NORMAL = new NoiseLaw.Normal();
  private static final TargetDistribution GAUSSIAN = Targets.named("gaussian");
  private static final TargetDistribution EIGHT = Targets.named("eight-gaussians");
  private static final double H2 = 0.04; // h^2 of gaussian
  private static final double SD = 0.2; // of a mode of eight-gaussians
  private static final int MODES = 8;

  private static List<Metric> measure(
      TargetDistribution target, NoiseLaw noise, int k, UnaryOperator<double[]> g, long seed) {
    return new GeneratorDivergences(new FunctionMap(k, 2, g), noise, seed)
        .of(target, new Bandwidth(1));
  }

  private static Metric named(String name, List<Metric> metrics) {
    return metrics.stream().filter(m -> m.metric().equals(name)).findFirst().orElseThrow();
  }

  private static boolean holds(Metric metric, double truth) {
    return metric.ciLow() <= truth && truth <= metric.ciHigh();
  }

  /** Checks that an interval is closed, and narrow enough to tell something. */
  private static void isClosed(Metric metric) {
    assertThat(metric.estimator()).as(metric.toString()).isEqualTo("latent-importance");
    assertThat(metric.reason()).as(metric.toString()).isEmpty();
    assertThat(metric.ciHigh() - metric.ciLow())
        .as(metric.toString())
        .isLessThan(0.1 * metric.value());
  }

  /** KL(N(0, a) || N(m, b)) of one coordinate, with the variances a and b. */
  private static double normal(double a, double b, double m) {
    return 0.5 * (Math.log(b / a) + (a + m * m) / b - 1);
  }

  @Test
  void linearGeneratorsHaveTheirClosedForms() {
    Map<UnaryOperator<double[]>, Double> truths =
        Map.of(
            z -> new double[] {z[0] + 3, (z[1] + z[2]) / Math.sqrt(2)},
            normal(1 + H2, 1 + H2, 3),
            z -> new double[] {z[0] + 6, z[1]},
            normal(1 + H2, 1 + H2, 6),
            z -> new double[] {0.3 * z[0], 0.3 * z[2]},
            2 * normal(1 + H2, 0.09 + H2, 0),
            z -> new double[] {z[0], 0.8 * z[0] + 0.6 * z[1]},
            1.001379257155934); // a quadrature of the closed forms of both densities
    List<Boolean> held = new ArrayList<>();
    truths.forEach(
        (g, truth) -> {
          for (int k : new int[] {3, 10}) {
            for (long seed = 1; seed <= 3; seed++) {
              Metric forward = named("kl_forward", measure(GAUSSIAN, NORMAL, k, g, seed));
              isClosed(forward);
              held.add(holds(forward, truth));
            }
          }
        });

    // with a probability of 0.95, fewer than 21 of 24 intervals hold in 3% of cases
    assertThat(held.stream().filter(h -> h).count()).isGreaterThanOrEqualTo(21);
  }

  @Test
  void theOtherDivergencesRemainThoseOfSamples() {
    List<Metric> metrics = measure(GAUSSIAN, NORMAL, 3, z -> new double[] {z[0] + 3, z[1]}, 1);

    double truth = normal(1 + H2, 1 + H2, 3); // in both directions
    assertThat(holds(named("kl_reverse", metrics), truth)).isTrue();
    assertThat(named("kl_reverse", metrics).estimator()).isEqualTo("latent-samples");
    assertThat(named("js", metrics).estimator()).isEqualTo("latent-samples");
    assertThat(named("kl_skew", metrics).estimator()).isEqualTo("latent-samples");
    isClosed(named("kl_mean", metrics));
    assertThat(holds(named("kl_mean", metrics), truth)).isTrue();
  }

  /** Returns a point of a mode. */
  private static double[] ofMode(int mode, double first, double second) {
    double angle = 2 * Math.PI * mode / MODES;
    return new double[] {2 * Math.cos(angle) + SD * first, 2 * Math.sin(angle) + SD * second};
  }

  /** KL(p_h || q_h) where q has the modes of eight-gaussians with other weights. */
  private static double ofWeights(double... weights) {
    TargetGrid target = SmoothedDivergences.target(EIGHT, new Bandwidth(1).of(EIGHT));
    double variance = SD * SD + target.bandwidth() * target.bandwidth();
    Grid grid = target.grid();
    double sum = 0;
    for (int i = 0; i < grid.rows(); i++) {
      for (int j = 0; j < grid.nodes(); j++) {
        double q = 0;
        for (int m = 0; m < MODES; m++) {
          double[] mode = ofMode(m, 0, 0);
          double square =
              Math.pow(grid.coordinate(j) - mode[0], 2) + Math.pow(grid.y(i) - mode[1], 2);
          q += weights[m] * Math.exp(-square / (2 * variance)) / (2 * Math.PI * variance);
        }
        double p = target.density()[i][j] * grid.cellVolume();
        sum += p < 1e-15 ? 0 : p * (target.logDensity()[i][j] - Math.log(q));
      }
    }
    return sum;
  }

  @Test
  void modesThatOnlyTailsReachAreMeasured() {
    double[] cuts = {-4.75, -4.27, -1, 1, 4.27, 4.75, 5.2}; // five modes in eight have 2e-5 or less
    UnaryOperator<double[]> jump =
        z -> {
          int mode = 0;
          while (mode < cuts.length && z[0] > cuts[mode]) {
            mode++;
          }
          return ofMode(mode, z[1], z[2]);
        };
    double[] weights = new double[MODES];
    for (int m = 0; m < MODES; m++) {
      double low = m == 0 ? 0 : NORMAL.cumulative(cuts[m - 1]);
      // in the upper tail, differences of probabilities near 1 would lose all digits
      weights[m] =
          m > 4
              ? NORMAL.cumulative(-cuts[m - 1]) - (m == 7 ? 0 : NORMAL.cumulative(-cuts[m]))
              : NORMAL.cumulative(cuts[m]) - low;
    }
    double truth = ofWeights(weights);
    for (int k : new int[] {3, 10}) {
      Metric forward = named("kl_forward", measure(EIGHT, NORMAL, k, jump, 1));
      isClosed(forward);
      assertThat(holds(forward, truth)).as(forward + " against " + truth).isTrue();
    }
  }

  @Test
  void aHotPlaceThatIsMissingLeavesTheTailsOfTheOthers() {
    NoiseLaw noise = new NoiseLaw.NormalOneHot(MODES - 1);
    UnaryOperator<double[]> g =
        z -> {
          int mode = 0;
          while (z[3 + mode] < 0.5) {
            mode++;
          }
          return ofMode(mode, (z[0] + z[1]) / Math.sqrt(2), z[2]);
        };
    Metric forward = named("kl_forward", measure(EIGHT, noise, 3 + MODES - 1, g, 1));

    double w = 1.0 / 7;
    double truth = ofWeights(w, w, w, w, w, w, w, 0);
    isClosed(forward);
    assertThat(holds(forward, truth)).as(forward + " against " + truth).isTrue();
  }

  private static double probit(double u) {
    return NORMAL.quantile(Math.max(1e-30, Math.min(1 - 1e-15, u)));
  }

  @Test
  void uniformNoiseIsTransformed() {
    NoiseLaw uniform = new NoiseLaw.Uniform(0, 1);
    // the target is at the lower ends of the latents, where floats are dense
    UnaryOperator<double[]> g = z -> new double[] {probit(z[0]) + 3, probit(z[1])};
    Metric forward = named("kl_forward", measure(GAUSSIAN, uniform, 4, g, 1));

    isClosed(forward);
    assertThat(holds(forward, normal(1 + H2, 1 + H2, 3))).as(forward.toString()).isTrue();
  }

  @Test
  void theIntervalStaysOpenWhereNoLatentLeads() {
    UnaryOperator<double[]> bounded = z -> new double[] {Math.tanh(z[0]) - 1, Math.tanh(z[1])};
    List<Metric> metrics = measure(GAUSSIAN, NORMAL, 3, bounded, 1);

    Metric forward = named("kl_forward", metrics);
    assertThat(forward.ciHigh()).isInfinite();
    assertThat(forward.ciLow()).isLessThanOrEqualTo(forward.value());
    assertThat(forward.floored()).isPositive();
    assertThat(forward.reason()).startsWith("too few latents were found that lead to ");
    assertThat(named("kl_mean", metrics).ciHigh()).isInfinite();
  }

  @Test
  void valuesDoNotDependOnWhatWasMeasuredBefore() {
    UnaryOperator<double[]> g = z -> new double[] {z[0] + 3, z[1]};
    GeneratorDivergences divergences = new GeneratorDivergences(new FunctionMap(3, 2, g), NORMAL);
    divergences.of(GAUSSIAN, new Bandwidth(0.5));

    assertThat(divergences.of(GAUSSIAN, new Bandwidth(1)))
        .isEqualTo(measure(GAUSSIAN, NORMAL, 3, g, 1));
  }
}
