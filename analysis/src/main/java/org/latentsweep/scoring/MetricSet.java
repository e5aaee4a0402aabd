package org.latentsweep.scoring;

import java.io.Serializable;

/**
 * Metrics that are computed and committed together. A set is the unit of what can be missing: a
 * pack of runs has a file for each set, and adding a set touches no other's file.
 */
public sealed interface MetricSet extends Serializable permits SampleMetricSet, GeneratorMetricSet {

  /** The name of the family by which a sweep asks for it. */
  String family();

  /**
   * Its own name: lower-case words joined by hyphens, as it is part of file names; a word may be a
   * decimal number.
   */
  String name();

  /** Whether it measures the snapshots during training, rather than what there is at the end. */
  boolean snapshots();

  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException if it cannot be that of a set
   */
  static void checkName(String name) {
    if (!name.matches("[a-z0-9]+([.][0-9][a-z0-9]*)?(-[a-z0-9]+([.][0-9][a-z0-9]*)?)*")) {
      throw new IllegalArgumentException(
          "Cannot make a set of metrics: its name must be lower-case words joined by hyphens,"
              + " found '"
              + name
              + "'");
    }
  }
}
