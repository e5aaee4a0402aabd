package org.latentsweep.scoring;

import java.io.Serializable;
import java.util.List;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;

/** Measures a generator's samples against its target. Must be thread-safe. */
@FunctionalInterface
public interface SampleScorer extends Serializable {

  /**
   * Returns the metrics of the samples; none if they make no sense for the target.
   *
   * @param target the target p
   * @param points the samples of the generator's distribution q, row-major [n, d]
   * @throws IllegalArgumentException saying why the samples cannot be measured
   */
  List<Metric> score(TargetDistribution target, float[] points);
}
