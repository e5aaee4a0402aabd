package org.latentsweep.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

class ContradictionsTest {
  private static final TargetDistribution TARGET = Targets.named("gaussian");
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private static Metric metric(String name, double factor, double low, double high) {
    double bandwidth = factor * TARGET.defaultBandwidth();
    double value = Double.isInfinite(high) ? low : 0.5 * (low + high);
    return new Metric(
        name, "estimator", value, 0.1, low, high, Double.NaN, 1000, bandwidth, Double.NaN);
  }

  private static List<String> reasons(Metric... metrics) {
    return Contradictions.flagged(TARGET, List.of(metrics)).stream().map(Metric::reason).toList();
  }

  @Test
  void bothValuesAreFlaggedWhereTheSmootherOneIsAbove() {
    assertThat(
            reasons(
                metric("kl_forward", 2, 3.1, 3.3),
                metric("kl_forward", 1, 3.2, 3.4),
                metric("kl_forward", 0.5, 2.5, 3)))
        .containsExactly(
            "contradicts kl_forward at 0.5h: smoothing cannot raise a divergence",
            "contradicts kl_forward at 0.5h: smoothing cannot raise a divergence",
            "contradicts kl_forward at 2h and kl_forward at 1h: smoothing cannot raise a"
                + " divergence");
  }

  @Test
  void anUnsmoothedDivergenceIsAtLeastTheSmoothedOne() {
    assertThat(
            reasons(
                metric("kl_forward", 1, 3.1, 3.3),
                metric("kl_kde_forward", 5, 1.3, 1.9), // its bandwidth is that of kernels
                metric("kl_entropy_reverse", Double.NaN, 1, 2)))
        .containsExactly(
            "contradicts kl_kde_forward: smoothing cannot raise a divergence",
            "contradicts kl_forward at 1h: smoothing cannot raise a divergence",
            "");
  }

  @Test
  void valuesThatFallWithTheBandwidthOrWhoseIntervalsMeetAreNotFlagged() {
    assertThat(
            reasons(
                metric("kl_skew", 0.5, 3, 4),
                metric("kl_skew", 1, 1, 2),
                metric("kl_skew", 2, 1.9, 2.1),
                metric("js", 2, 5, 6), // another divergence
                metric("precision", 0.5, 0, 0.1),
                metric("precision", 1, 0.5, 0.6)))
        .containsOnly("");
  }

  @Test
  void onlyTheClosedEndOfAnOpenIntervalCanContradict() {
    assertThat(reasons(metric("kl_forward", 0.5, 1, INFINITE), metric("kl_forward", 1, 2, 3)))
        .containsOnly("");
    assertThat(reasons(metric("kl_forward", 0.5, 1, 2), metric("kl_forward", 1, 3, INFINITE)))
        .doesNotContain("");
  }

  @Test
  void infiniteAndMissingIntervalsAreCompared() {
    assertThat(
            reasons(metric("kl_forward", 0.5, INFINITE, INFINITE), metric("kl_forward", 1, 2, 3)))
        .containsOnly("");
    assertThat(
            reasons(metric("kl_forward", 0.5, 2, 3), metric("kl_forward", 1, INFINITE, INFINITE)))
        .doesNotContain("");
    assertThat(
            reasons(
                metric("kl_forward", 0.5, Double.NaN, Double.NaN), metric("kl_forward", 1, 2, 3)))
        .containsOnly("");
  }

  @Test
  void theReasonThatAMetricHasIsKept() {
    Metric open = metric("js", 1, 3, INFINITE).withReason("the samples say too little");

    assertThat(reasons(open, metric("js", 0.5, 1, 2)).get(0))
        .isEqualTo(
            "the samples say too little; contradicts js at 0.5h: smoothing cannot raise a"
                + " divergence");
  }
}
