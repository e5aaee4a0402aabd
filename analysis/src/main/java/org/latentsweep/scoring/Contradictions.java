package org.latentsweep.scoring;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.divergence.UnsmoothedDivergences;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;

/**
 * Flags divergences of the same samples that contradict one another. Smoothing p and q with the
 * same normal cannot raise a divergence (data-processing inequality), so a divergence at a larger
 * bandwidth is at most the same one at a smaller bandwidth, and at most the unsmoothed one. Two
 * values contradict this where the whole interval of the smoother one is above that of the other.
 */
final class Contradictions {
  /** The smoothed divergence that each unsmoothed one becomes by smoothing. */
  private static final Map<String, String> SMOOTHED =
      Map.of(
          UnsmoothedDivergences.KL_KDE_FORWARD, SmoothedDivergences.KL_FORWARD,
          UnsmoothedDivergences.KL_KNN_FORWARD, SmoothedDivergences.KL_FORWARD,
          UnsmoothedDivergences.KL_ENTROPY_REVERSE, SmoothedDivergences.KL_REVERSE);

  private final TargetDistribution target;
  private final List<Metric> divergences;

  private Contradictions(TargetDistribution target, List<Metric> metrics) {
    this.target = target;
    divergences = metrics.stream().filter(Contradictions::isDivergence).toList();
  }

  /**
   * Returns the metrics, with what it contradicts in the reason of each one that does.
   *
   * @param target the target p
   * @param metrics all metrics of one set of samples
   */
  static List<Metric> flagged(TargetDistribution target, List<Metric> metrics) {
    Contradictions contradictions = new Contradictions(target, metrics);
    return metrics.stream().map(contradictions::flagged).toList();
  }

  private Metric flagged(Metric metric) {
    String others =
        divergences.stream()
            .filter(other -> isAbove(metric, other) || isAbove(other, metric))
            .map(this::label)
            .collect(Collectors.joining(" and "));
    return others.isEmpty()
        ? metric
        : metric.withReason(
            Stream.of(
                    metric.reason(),
                    String.format(
                        Locale.ROOT, "contradicts %s: smoothing cannot raise a divergence", others))
                .filter(reason -> !reason.isEmpty())
                .collect(Collectors.joining("; ")));
  }

  /** Returns whether a smoother divergence is above a less smooth one of the same kind. */
  private static boolean isAbove(Metric smoother, Metric other) {
    return isDivergence(smoother)
        && kind(smoother).equals(kind(other))
        && smoothing(smoother) > smoothing(other)
        && smoother.ciLow() > other.ciHigh();
  }

  private static boolean isDivergence(Metric metric) {
    return SmoothedDivergences.names().contains(kind(metric));
  }

  private static String kind(Metric metric) {
    return SMOOTHED.getOrDefault(metric.metric(), metric.metric());
  }

  /** Returns the bandwidth; 0 for unsmoothed divergences, whose bandwidth is another thing. */
  private static double smoothing(Metric metric) {
    return SMOOTHED.containsKey(metric.metric()) ? 0 : metric.bandwidth();
  }

  private String label(Metric metric) {
    double factor = smoothing(metric) / target.defaultBandwidth();
    return metric.metric() + (factor == 0 ? "" : " at " + new Bandwidth(factor).label());
  }
}
