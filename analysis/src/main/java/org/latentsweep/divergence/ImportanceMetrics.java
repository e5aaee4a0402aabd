package org.latentsweep.divergence;

import java.util.List;
import java.util.Locale;
import org.latentsweep.metric.Metric;

/**
 * The metrics of a generator by samples, where the forward divergence and the mean of both
 * directions are replaced by those with the forward divergence of importance sampling. The others
 * depend little on how small q is, so that samples suffice.
 *
 * <p>An open interval of the forward divergence begins where that of the samples does, or at the
 * value if that is less.
 *
 * @param estimate the forward divergence by importance sampling
 * @param metrics all metrics by samples
 */
record ImportanceMetrics(ImportanceEstimate estimate, List<Metric> metrics) {

  /** Returns all metrics, in the same order. */
  List<Metric> all() {
    Metric forward = forward(named(SmoothedDivergences.KL_FORWARD));
    Metric reverse = named(SmoothedDivergences.KL_REVERSE);
    return metrics.stream()
        .map(
            metric ->
                switch (metric.metric()) {
                  case SmoothedDivergences.KL_FORWARD -> forward;
                  case SmoothedDivergences.KL_MEAN -> mean(metric, forward, reverse);
                  default -> metric;
                })
        .toList();
  }

  private Metric named(String name) {
    return metrics.stream().filter(m -> m.metric().equals(name)).findFirst().orElseThrow();
  }

  private Metric forward(Metric bySamples) {
    double value = Math.max(0, estimate.value());
    double half = estimate.halfWidth();
    boolean closed = estimate.isClosed();
    return replaced(
        bySamples,
        value,
        estimate.standardError(),
        closed ? Math.max(0, value - half) : Math.min(value, bySamples.ciLow()),
        closed ? value + half : Double.POSITIVE_INFINITY);
  }

  /** Both directions come from independent latents, so that their errors add in quadrature. */
  private Metric mean(Metric bySamples, Metric forward, Metric reverse) {
    double value = Math.max(0, (forward.value() + reverse.value()) / 2);
    double down =
        Math.hypot(forward.value() - forward.ciLow(), reverse.value() - reverse.ciLow()) / 2;
    double up =
        Math.hypot(forward.ciHigh() - forward.value(), reverse.ciHigh() - reverse.value()) / 2;
    return replaced(
        bySamples,
        value,
        Math.hypot(forward.standardError(), reverse.standardError()) / 2,
        Math.max(0, value - down),
        value + up);
  }

  private Metric replaced(
      Metric bySamples, double value, double standardError, double ciLow, double ciHigh) {
    return new Metric(
        bySamples.metric(),
        GeneratorDivergences.IMPORTANCE,
        value,
        standardError,
        ciLow,
        ciHigh,
        bySamples.floor(),
        estimate.points(),
        bySamples.bandwidth(),
        estimate.scarceMass(),
        estimate.isClosed() ? "" : reason(ciLow));
  }

  private String reason(double ciLow) {
    return String.format(
        Locale.ROOT,
        "too few latents were found that lead to %.3g%% of the target's mass: the divergence may be any"
            + " value from %.3g up",
        100 * estimate.scarceMass(),
        ciLow);
  }
}
