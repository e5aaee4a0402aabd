package org.latentsweep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.scoring.MetricFamily;
import org.latentsweep.sweep.RequestException;
import org.latentsweep.sweep.SweepParser;
import picocli.CommandLine.Option;

/** The options that select metrics. */
final class MetricArguments {
  @Option(
      names = "--metrics",
      paramLabel = "FAMILY",
      split = ",",
      description = "families of metrics; default: all that can be measured")
  private List<String> families = List.of();

  @Option(
      names = "--bandwidths",
      paramLabel = "FACTOR",
      split = ",",
      description =
          "bandwidths of the smoothed metrics, as multiples of the target's own; default:"
              + " ${DEFAULT-VALUE}")
  private List<Double> factors =
      SweepParser.defaultBandwidths().stream().map(Bandwidth::factor).toList();

  /**
   * Checks that all families and bandwidths are known.
   *
   * @param start start of the message
   * @param others further problems with the request
   * @throws RequestException naming everything that is wrong
   */
  void require(String start, String... others) {
    List<String> problems = new ArrayList<>(List.of(others));
    families.stream()
        .filter(name -> !MetricFamily.names().contains(name))
        .forEach(
            name ->
                problems.add(
                    String.format(
                        Locale.ROOT,
                        "--metrics must be among %s, found %s",
                        String.join(", ", MetricFamily.names()),
                        name)));
    for (double factor : factors) {
      try {
        new Bandwidth(factor);
      } catch (IllegalArgumentException e) {
        problems.add("--bandwidths " + e.getMessage().replaceFirst("^[^:]*: ", ""));
      }
    }
    if (!problems.isEmpty()) {
      throw new RequestException(start + String.join("; ", problems));
    }
  }

  /** Returns the families that were asked for, or all families. */
  List<String> families() {
    return families.isEmpty() ? MetricFamily.names() : families.stream().distinct().toList();
  }

  /** Returns those of the {@link #families} that need only samples. */
  List<String> familiesOfSamples() {
    return families().stream().filter(name -> !measuresGenerators(name)).toList();
  }

  /** Returns a problem for each family that was asked for and needs more than samples. */
  List<String> problemsWithoutGenerators() {
    return families.stream()
        .filter(MetricArguments::measuresGenerators)
        .map(name -> "--metrics " + name + " needs a run's generator, and there are samples only")
        .toList();
  }

  private static boolean measuresGenerators(String name) {
    return MetricFamily.ALL.stream()
        .anyMatch(family -> family.name().equals(name) && family.measuresGenerators());
  }

  List<Bandwidth> bandwidths() {
    return factors.stream().map(Bandwidth::new).distinct().sorted().toList();
  }
}
