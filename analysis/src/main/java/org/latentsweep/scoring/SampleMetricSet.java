package org.latentsweep.scoring;

/**
 * A set of metrics of samples.
 *
 * @param family by whose name a sweep asks for it
 * @param name lower-case words joined by hyphens
 * @param snapshots whether it measures the snapshots during training, rather than the samples drawn
 *     after the last step
 * @param scorer that computes them
 */
public record SampleMetricSet(String family, String name, boolean snapshots, SampleScorer scorer)
    implements MetricSet {

  /** Checks the name. */
  public SampleMetricSet {
    MetricSet.checkName(name);
  }

  /** The same metrics of the snapshots during training. */
  public SampleMetricSet ofSnapshots() {
    return new SampleMetricSet(family, name + "-snapshots", true, scorer);
  }

  /** Whether it measures samples drawn after that step of a run of so many steps. */
  boolean measures(int step, int steps) {
    return snapshots ? step < steps : step == steps;
  }
}
