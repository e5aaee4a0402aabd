package org.latentsweep.scoring;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.latentsweep.coverage.CoverageMetrics;
import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.divergence.UnsmoothedDivergences;
import org.latentsweep.mapping.GeneratorNetwork;
import org.latentsweep.mapping.MappingMetrics;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * Metrics that a sweep asks for by one name. To add one, list it in {@link #ALL}; to add metrics to
 * one, give it another set: those that were computed before stay.
 *
 * @param name lower-case words joined by hyphens
 * @param setsAt the sets it is made of, where some measure at every bandwidth that is asked for
 */
public record MetricFamily(String name, Function<List<Bandwidth>, List<MetricSet>> setsAt) {

  /** Divergences: smoothed, each bandwidth a set of its own, and unsmoothed. */
  public static final MetricFamily KL =
      new MetricFamily(
          "kl",
          bandwidths ->
              Stream.concat(
                      bandwidths.stream().map(MetricFamily::smoothedDivergences),
                      Stream.of(
                          new SampleMetricSet(
                              "kl", "kl-unsmoothed", false, UnsmoothedDivergences::of)))
                  .toList());

  /** Modes, stray mass, precision and recall, and distances that need no density. */
  public static final MetricFamily COVERAGE =
      new MetricFamily(
          "coverage",
          bandwidths ->
              List.of(new SampleMetricSet("coverage", "coverage", false, CoverageMetrics::of)));

  /** What the map from latents to points looks like. */
  public static final MetricFamily MAPPING =
      new MetricFamily(
          "mapping",
          bandwidths ->
              List.of(new GeneratorMetricSet("mapping", "mapping", MetricFamily::mapping)));

  /** Every family there is. */
  public static final List<MetricFamily> ALL = List.of(KL, COVERAGE, MAPPING);

  private static List<Metric> mapping(TargetDistribution target, NoiseLaw noise, byte[] archive) {
    return MappingMetrics.of(target, noise, GeneratorNetwork.read(archive));
  }

  private static MetricSet smoothedDivergences(Bandwidth bandwidth) {
    return new SampleMetricSet(
        "kl",
        "kl-" + bandwidth.label(),
        false,
        (target, points) -> SmoothedDivergences.of(target, points, bandwidth));
  }

  /**
   * The sets that some families are made of.
   *
   * @param families names
   * @param bandwidths at which to measure what is smoothed
   * @param snapshots whether to measure the snapshots during training too, of which there are
   *     samples and no generators
   * @throws IllegalArgumentException naming the families there are
   */
  public static List<MetricSet> sets(
      List<String> families, List<Bandwidth> bandwidths, boolean snapshots) {
    return families.stream()
        .map(MetricFamily::named)
        .flatMap(family -> family.setsAt.apply(bandwidths).stream())
        .flatMap(set -> snapshots ? withSnapshots(set) : Stream.of(set))
        .toList();
  }

  private static Stream<MetricSet> withSnapshots(MetricSet set) {
    return set instanceof SampleMetricSet samples
        ? Stream.of(samples, samples.ofSnapshots())
        : Stream.of(set);
  }

  /** Whether it needs the generator: samples alone are not enough. */
  public boolean measuresGenerators() {
    return setsAt.apply(List.of(new Bandwidth(1))).stream()
        .anyMatch(GeneratorMetricSet.class::isInstance);
  }

  /**
   * The family of that name.
   *
   * @throws IllegalArgumentException naming the families there are
   */
  public static MetricFamily named(String name) {
    return ALL.stream()
        .filter(family -> family.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot find metrics '%s'; there are %s"
                        .formatted(name, String.join(", ", names()))));
  }

  /** The names that a sweep can ask for. */
  public static List<String> names() {
    return ALL.stream().map(MetricFamily::name).toList();
  }
}
