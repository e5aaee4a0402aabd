package org.latentsweep.scoring;

import java.io.Serializable;
import java.util.List;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;

/**
 * Metrics that are computed and committed together. A part of an output folder has one file for
 * each set, so that computing a new set leaves the files of the others unchanged.
 */
public sealed interface MetricSet extends Serializable permits SampleMetricSet, GeneratorMetricSet {

  /** Returns the name of the family by which a sweep asks for the set. */
  String family();

  /**
   * Returns the name of the set, which is a part of file names: lower-case words joined by hyphens,
   * of which some may start with a decimal number.
   */
  String name();

  /** Returns whether the set measures samples drawn during training, not after the last step. */
  boolean snapshots();

  /** Returns this set, and the set of the same metrics during training if there is one. */
  List<MetricSet> withSnapshots();

  /** Returns whether the set measures the generator rather than its samples. */
  boolean measuresGenerators();

  /** Returns the reason why a run that has nothing to measure cannot be measured. */
  String nothingToMeasure();

  /**
   * Returns the metrics of samples; none if they make no sense for the target.
   *
   * @param target the target p
   * @param points the samples, row-major [n, d]
   * @throws IllegalArgumentException saying why the samples cannot be measured
   */
  List<Metric> ofSamples(TargetDistribution target, float[] points);

  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException if it cannot be the name of a set
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
