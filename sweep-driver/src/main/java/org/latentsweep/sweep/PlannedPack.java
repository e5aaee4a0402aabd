package org.latentsweep.sweep;

import org.latentsweep.run.RunPack;

/**
 * A pack and an estimate of its time.
 *
 * @param pack the runs
 * @param seconds estimated time on one core
 */
public record PlannedPack(RunPack pack, double seconds) {

  /** Returns approximately how many bytes it will add to the tables. */
  public long bytes() {
    return pack.runs().stream().mapToLong(TableBytes::of).sum();
  }
}
