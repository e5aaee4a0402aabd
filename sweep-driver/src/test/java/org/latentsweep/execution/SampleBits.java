package org.latentsweep.execution;

import java.util.List;

/** Hashes of all bits of the samples in an output folder, to compare sweeps. */
final class SampleBits {
  private static final String QUERY =
      "SELECT run_id, step, count(*) AS n, sum(xxhash64(i, x, y)) AS bits FROM samples"
          + " GROUP BY run_id, step ORDER BY run_id, step";

  private SampleBits() {}

  /** Returns a line for each run and step. */
  static List<String> of(Object folder) {
    return Cli.sql(folder, QUERY);
  }
}
