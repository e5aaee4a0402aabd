package org.latentsweep.scoring;

import java.util.List;
import java.util.Locale;
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
 * The metrics that a sweep asks for by one name. To add a family, list it in {@link #ALL}. To add
 * metrics to a family, give it another set, so that metrics that were computed before stay valid.
 *
 * @param name the name of the family, in lower-case words joined by hyphens
 * @param setsAt returns the sets of the family, of which some exist once for each bandwidth
 */
public record MetricFamily(String name, Function<List<Bandwidth>, List<MetricSet>> setsAt) {

  /** The divergences: smoothed ones, with one set for each bandwidth, and unsmoothed ones. */
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

  /** Covered modes, stray mass, precision and recall, and distances that need no density. */
  public static final MetricFamily COVERAGE =
      new MetricFamily(
          "coverage",
          bandwidths ->
              List.of(new SampleMetricSet("coverage", "coverage", false, CoverageMetrics::of)));

  /** The properties of the map from latents to points. */
  public static final MetricFamily MAPPING =
      new MetricFamily(
          "mapping",
          bandwidths ->
              List.of(new GeneratorMetricSet("mapping", "mapping", MetricFamily::mapping)));

  /** All families. */
  public static final List<MetricFamily> ALL = List.of(KL, COVERAGE, MAPPING);

  private static List<Metric> mapping(TargetDistribution target, NoiseLaw noise, byte[] archive) {
    return MappingMetrics.of(target, noise, GeneratorNetwork.read(archive));
  }

  private static MetricSet smoothedDivergences(Bandwidth bandwidth) {
    return new SampleMetricSet(
        "kl",
        "kl-" + bandwidth.label(),
        false,
        (target, points) -> SmoothedDivergences.of(target, points, bandwidth),
        (target, noise, archive) ->
            ReadGenerators.divergences(noise, archive).of(target, bandwidth));
  }

  /**
   * Returns the sets of some families.
   *
   * @param families the names of the families
   * @param bandwidths the bandwidths at which smoothed divergences are measured
   * @param snapshots whether samples drawn during training are measured too; generators are never
   *     stored during training
   * @throws IllegalArgumentException if there is no family of a name; the message lists all
   *     families
   */
  public static List<MetricSet> sets(
      List<String> families, List<Bandwidth> bandwidths, boolean snapshots) {
    return families.stream()
        .map(MetricFamily::named)
        .flatMap(family -> family.setsAt.apply(bandwidths).stream())
        .flatMap(set -> snapshots ? set.withSnapshots().stream() : Stream.of(set))
        .toList();
  }

  /** Returns whether a set of the family measures the generator rather than its samples. */
  public boolean measuresGenerators() {
    return setsAt.apply(List.of(new Bandwidth(1))).stream().anyMatch(MetricSet::measuresGenerators);
  }

  /**
   * Returns the family of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists all families
   */
  public static MetricFamily named(String name) {
    return ALL.stream()
        .filter(family -> family.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "Cannot find metrics '%s'; there are %s",
                        name,
                        String.join(", ", names()))));
  }

  /** Returns the names of all families. */
  public static List<String> names() {
    return ALL.stream().map(MetricFamily::name).toList();
  }
}
