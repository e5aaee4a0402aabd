package org.latentsweep.scoring;

import java.nio.ByteBuffer;
import org.latentsweep.divergence.GeneratorDivergences;
import org.latentsweep.mapping.GeneratorNetwork;
import org.latentsweep.metric.BoundedCache;
import org.latentsweep.target.NoiseLaw;

/**
 * The generators that were measured last, so that the divergences at all bandwidths share one
 * evaluation of the network.
 */
final class ReadGenerators {
  /** Chosen by judgement: one for each thread of an executor with many cores. */
  private static final int MAX_GENERATORS = 16;

  private static final BoundedCache<GeneratorKey, GeneratorDivergences> GENERATORS =
      new BoundedCache<>(MAX_GENERATORS);

  private ReadGenerators() {}

  private record GeneratorKey(NoiseLaw noise, ByteBuffer archive) {}

  /**
   * Returns the divergences of a generator.
   *
   * @throws IllegalArgumentException naming what in the archive cannot be read
   */
  static GeneratorDivergences divergences(NoiseLaw noise, byte[] archive) {
    return GENERATORS.get(
        new GeneratorKey(noise, ByteBuffer.wrap(archive)),
        key -> new GeneratorDivergences(GeneratorNetwork.read(key.archive().array()), noise));
  }
}
