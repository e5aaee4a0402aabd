package org.latentsweep.scoring;

import java.io.Serializable;
import java.util.List;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/** Measures a trained generator itself, rather than its samples. Must be thread-safe. */
@FunctionalInterface
public interface GeneratorScorer extends Serializable {

  /**
   * Returns the metrics of a generator; none if they make no sense for the target or the noise.
   *
   * @param target the target p
   * @param noise the distribution of the generator's input
   * @param archive the archive of the generator, as the table {@code generators} holds it
   * @throws IllegalArgumentException saying why the generator cannot be measured
   */
  List<Metric> score(TargetDistribution target, NoiseLaw noise, byte[] archive);
}
