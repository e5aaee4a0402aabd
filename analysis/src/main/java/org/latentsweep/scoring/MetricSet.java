package org.latentsweep.scoring;

import java.io.Serializable;

/**
 * Metrics that are computed and committed together. A set is the unit of what can be missing: a
 * pack of runs has a file for each set, and adding a set touches no other's file.
 *
 * @param family by whose name a sweep asks for it
 * @param name lower-case words joined by hyphens, as it is part of file names; a word may be a
 *     decimal number
 * @param snapshots whether it measures the snapshots during training, rather than the samples drawn
 *     after the last step
 * @param scorer that computes them
 */
public record MetricSet(String family, String name, boolean snapshots, Scorer scorer)
    implements Serializable {

  /** Checks the name. */
  public MetricSet {
    if (!name.matches("[a-z0-9]+([.][0-9][a-z0-9]*)?(-[a-z0-9]+([.][0-9][a-z0-9]*)?)*")) {
      throw new IllegalArgumentException(
          "Cannot make a set of metrics: its name must be lower-case words joined by hyphens,"
              + " found '"
              + name
              + "'");
    }
  }

  /** A set that samples are measured for. */
  public MetricSet(String family, String name, boolean snapshots, SampleScorer scorer) {
    this(family, name, snapshots, (Scorer) scorer);
  }

  /** Whether it measures generators, which are kept after the last step only. */
  boolean measuresGenerators() {
    return scorer instanceof GeneratorScorer;
  }

  /** The same metrics of the snapshots during training. */
  public MetricSet ofSnapshots() {
    return new MetricSet(family, name + "-snapshots", true, scorer);
  }

  /** Whether it measures samples drawn after that step of a run of so many. */
  boolean measures(int step, int steps) {
    return snapshots ? step < steps : step == steps;
  }
}
