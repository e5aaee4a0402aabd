package org.latentsweep.scoring;

import java.io.Serializable;
import java.util.List;
import org.latentsweep.metric.Metric;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/** Measures a trained generator, and not only its samples. Called from many threads. */
@FunctionalInterface
public interface GeneratorScorer extends Serializable {

  /**
   * Computes metrics; none where they make no sense for the target or the noise.
   *
   * @param target p
   * @param noise law of the generator's latents
   * @param archive the generator, as the table {@code generators} holds it
   * @throws IllegalArgumentException naming what is wrong with the generator
   */
  List<Metric> score(TargetDistribution target, NoiseLaw noise, byte[] archive);
}
