package org.latentsweep.divergence;

import java.util.List;

/**
 * The forward divergence by importance sampling, in nats.
 *
 * @param value the estimate, which may be a little below 0
 * @param standardError its standard error, from {@value #BATCHES} batches
 * @param width how much smaller it may be because of the scarce nodes
 * @param scarce the nodes of the target where the density remains uncertain, with their masses
 * @param points number of latents drawn
 */
record ImportanceEstimate(
    double value, double standardError, double width, List<NodeMass> scarce, long points) {
  /** Number of batches. Chosen by judgement: the quantile is 9% above that of many batches. */
  static final int BATCHES = 16;

  /** The 0.975 quantile of Student's t distribution with {@value #BATCHES} - 1 degrees. */
  private static final double T95 = 2.131;

  /** Makes the list immutable. */
  ImportanceEstimate {
    scarce = List.copyOf(scarce);
  }

  /** Returns half of the width of the interval if it is closed. */
  double halfWidth() {
    return T95 * standardError + width + GeneratorDivergences.gridError(value);
  }

  /** Returns whether the interval is closed and as narrow as is asked for. */
  boolean isNarrow() {
    return isClosed() && GeneratorDivergences.isNarrow(halfWidth(), value);
  }

  /** Returns whether the scarce nodes matter so little that the interval is closed. */
  boolean isClosed() {
    return SmoothedEstimates.isClosed(width, value);
  }

  /** Returns the share of the target's mass in scarce nodes. */
  double scarceMass() {
    return scarce.stream().mapToDouble(NodeMass::mass).sum();
  }
}
