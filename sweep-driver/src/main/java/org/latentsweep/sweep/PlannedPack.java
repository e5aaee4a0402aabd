package org.latentsweep.sweep;

import org.latentsweep.run.RunPack;

/**
 * A pack and how long it will take.
 *
 * @param pack the runs
 * @param seconds of one core, estimated
 */
public record PlannedPack(RunPack pack, double seconds) {

  /** What it will add to the tables, about. */
  public long bytes() {
    return pack.runs().stream().mapToLong(TableBytes::of).sum();
  }
}
