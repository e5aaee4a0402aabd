package org.latentsweep.cell;

import static org.latentsweep.divergence.SmoothedDivergences.KL_FORWARD;
import static org.latentsweep.divergence.SmoothedDivergences.KL_SKEW;

import java.util.Collection;
import java.util.List;

/**
 * The metric that runs and cells are ranked by: the skew divergence, which is bounded and which
 * samples determine also where mass is missing. Folders that were measured before it existed are
 * ranked by the forward divergence.
 */
public final class Ranking {
  /** The divergences that are shown side by side; the first one that was measured ranks. */
  public static final List<String> METRICS = List.of(KL_SKEW, KL_FORWARD);

  private Ranking() {}

  /** Returns the metric to rank by, given the names of those that were measured. */
  public static String of(Collection<String> measured) {
    return measured.contains(KL_SKEW) ? KL_SKEW : KL_FORWARD;
  }

  /** Returns what a text calls one of the divergences. */
  public static String label(String metric) {
    return metric.equals(KL_SKEW) ? "skew KL_h" : "KL_h";
  }
}
