package org.latentsweep.scoring;

import java.io.Serializable;
import java.util.List;
import org.latentsweep.divergence.SmoothedDivergences;

/**
 * Metrics that are computed and committed together, by the name that a sweep asks for them. To add
 * one, list it in {@link #ALL}.
 *
 * @param name lower-case words joined by hyphens, as it is part of file names
 * @param snapshots whether it measures the snapshots during training, rather than the samples drawn
 *     after the last step
 * @param scorer that computes them
 */
public record MetricFamily(String name, boolean snapshots, Scorer scorer) implements Serializable {

  /** Smoothed divergences at h/2, h and 2h. */
  public static final MetricFamily KL = new MetricFamily("kl", false, SmoothedDivergences::of);

  /** Every family there is. */
  public static final List<MetricFamily> ALL = List.of(KL);

  /** Checks the name. */
  public MetricFamily {
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "Cannot make a family of metrics: its name must be lower-case words joined by hyphens,"
              + " found '"
              + name
              + "'");
    }
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

  /** The same metrics of the snapshots during training. */
  public MetricFamily ofSnapshots() {
    return new MetricFamily(name + "-snapshots", true, scorer);
  }

  /** Whether it measures samples drawn after that step of a run of so many. */
  boolean measures(int step, int steps) {
    return snapshots ? step < steps : step == steps;
  }
}
