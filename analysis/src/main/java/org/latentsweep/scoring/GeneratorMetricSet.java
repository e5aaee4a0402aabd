package org.latentsweep.scoring;

import java.util.List;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.TargetDistribution;

/**
 * A set of metrics of trained generators, which are stored only after the last step.
 *
 * @param family the name of the family by which a sweep asks for the set
 * @param name the name of the set, as {@link MetricSet#name} describes it
 * @param scorer computes the metrics
 */
public record GeneratorMetricSet(String family, String name, GeneratorScorer scorer)
    implements MetricSet {

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it cannot be the name of a set
   */
  public GeneratorMetricSet {
    MetricSet.checkName(name);
  }

  @Override
  public boolean snapshots() {
    return false;
  }

  @Override
  public List<MetricSet> withSnapshots() {
    return List.of(this);
  }

  @Override
  public boolean measuresGenerators() {
    return true;
  }

  @Override
  public String nothingToMeasure() {
    return "there is no generator";
  }

  @Override
  public List<Metric> ofSamples(TargetDistribution target, float[] points) {
    throw new IllegalArgumentException(family + " is measured of generators alone");
  }
}
