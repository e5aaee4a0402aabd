package org.latentsweep.scoring;

import java.io.Serializable;
import java.util.List;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;

/** Measures a set of samples against the target that they imitate. Called from many threads. */
@FunctionalInterface
public interface SampleScorer extends Serializable {

  /**
   * Computes metrics; none where they make no sense for the target.
   *
   * @param target p
   * @param points samples of q, row-major [n, d]
   * @throws IllegalArgumentException naming what is wrong with the points
   */
  List<Metric> score(TargetDistribution target, float[] points);
}
