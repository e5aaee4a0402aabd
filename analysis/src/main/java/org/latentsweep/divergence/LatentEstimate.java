package org.latentsweep.divergence;

import java.util.Map;

/**
 * Divergences from a lattice of latents.
 *
 * @param values the divergences, in nats
 * @param changes for each, the difference from the lattice half as fine, which changes its error
 * @param evaluations the number of latents at which the generator was evaluated for the values
 */
record LatentEstimate(
    Map<Divergence, Double> values, Map<Divergence, Double> changes, long evaluations) {

  /**
   * Half-width of an interval below which it is narrow: this share of the value, or {@link
   * #NARROW_NATS}. Chosen by judgement: far below the differences between seeds.
   */
  private static final double NARROW_SHARE = 0.005;

  private static final double NARROW_NATS = 1e-3;

  /** Makes the maps immutable. */
  LatentEstimate {
    values = Map.copyOf(values);
    changes = Map.copyOf(changes);
  }

  /** Returns whether the bound of a divergence is as small as is asked for. */
  boolean isNarrow(Divergence divergence) {
    return changes.get(divergence)
        <= Math.max(NARROW_NATS, NARROW_SHARE * Math.abs(values.get(divergence)));
  }

  /** Returns whether the changes of all divergences are as small as is asked for. */
  boolean isNarrow() {
    return values.keySet().stream().allMatch(this::isNarrow);
  }
}
