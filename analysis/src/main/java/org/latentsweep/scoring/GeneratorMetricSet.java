package org.latentsweep.scoring;

/**
 * A set of metrics of trained generators, which are kept after the last step only.
 *
 * @param family by whose name a sweep asks for it
 * @param name lower-case words joined by hyphens
 * @param scorer that computes them
 */
public record GeneratorMetricSet(String family, String name, GeneratorScorer scorer)
    implements MetricSet {

  /** Checks the name. */
  public GeneratorMetricSet {
    MetricSet.checkName(name);
  }

  @Override
  public boolean snapshots() {
    return false;
  }
}
