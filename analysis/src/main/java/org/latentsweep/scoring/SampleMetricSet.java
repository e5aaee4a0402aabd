package org.latentsweep.scoring;

import java.util.List;
import org.latentsweep.metric.Metric;
import org.latentsweep.table.Nullable;
import org.latentsweep.target.TargetDistribution;

/**
 * A set of metrics of samples.
 *
 * @param family the name of the family by which a sweep asks for the set
 * @param name the name of the set, as {@link MetricSet#name} describes it
 * @param snapshots whether it measures samples drawn during training, not after the last step
 * @param scorer computes the metrics
 * @param ofGenerator computes the same metrics of a generator, which is known better than by its
 *     samples; null if only samples can be measured
 */
public record SampleMetricSet(
    String family,
    String name,
    boolean snapshots,
    SampleScorer scorer,
    @Nullable GeneratorScorer ofGenerator)
    implements MetricSet {

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it cannot be the name of a set
   */
  public SampleMetricSet {
    MetricSet.checkName(name);
  }

  /** Makes a set that can measure samples only. */
  public SampleMetricSet(String family, String name, boolean snapshots, SampleScorer scorer) {
    this(family, name, snapshots, scorer, null);
  }

  @Override
  public List<MetricSet> withSnapshots() {
    return List.of(this, ofSnapshots());
  }

  /** Returns the set of the same metrics of samples drawn during training. */
  SampleMetricSet ofSnapshots() {
    return new SampleMetricSet(family, name + "-snapshots", true, scorer);
  }

  @Override
  public boolean measuresGenerators() {
    return false;
  }

  @Override
  public String nothingToMeasure() {
    return "there are no samples";
  }

  @Override
  public List<Metric> ofSamples(TargetDistribution target, float[] points) {
    return scorer.score(target, points);
  }

  /** Returns whether it measures samples drawn after a step of a run with that many steps. */
  boolean measures(int step, int steps) {
    return snapshots ? step < steps : step == steps;
  }
}
