package org.latentsweep.sweep;

import org.latentsweep.run.RunSpec;

/** Estimates how many bytes a run adds to the tables. */
final class TableBytes {
  private static final int FLOAT = 4;

  /**
   * Bytes of the columns run_id, step and i of a sample. They are constant or ascending within a
   * file, and Parquet's dictionary and run-length encodings need well under a byte for them. The
   * coordinates do not compress, because all but their leading bits are noise.
   */
  private static final int SAMPLE_KEYS = 1;

  /** Bytes of the two losses and two accuracies of a step; the keys compress as above. */
  private static final int HISTORY_ROW = 4 * FLOAT;

  private TableBytes() {}

  /** Returns the bytes of the samples, the history and the generator of a run. */
  static long of(RunSpec run) {
    int d = run.distribution().dimensions();
    return sampleRows(run) * (SAMPLE_KEYS + (long) d * FLOAT)
        + (long) run.steps() * HISTORY_ROW
        + run.generator().parameterCount(run.latentDimension(), d) * FLOAT;
  }

  /** Returns the number of samples that are drawn in a run, at all scheduled steps. */
  static long sampleRows(RunSpec run) {
    int every = run.samples().every();
    long snapshots = every == 0 ? 0 : (run.steps() - 1) / every;
    return snapshots * run.samples().perSnapshot() + run.samples().atEnd();
  }
}
