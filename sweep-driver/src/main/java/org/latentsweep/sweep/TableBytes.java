package org.latentsweep.sweep;

import org.latentsweep.run.RunSpec;

/** How much a run will add to the tables, about. */
final class TableBytes {
  private static final int FLOAT = 4;

  // run_id, step and i of a sample are constant or ascending down a file, which Parquet's
  // dictionary and run-length encodings bring to well under a byte; the coordinates are noise in
  // all but their leading bits, and stay as they are.
  private static final int SAMPLE_KEYS = 1;

  // two losses and two accuracies a step; the keys compress away as above
  private static final int HISTORY_ROW = 4 * FLOAT;

  private TableBytes() {}

  /** Bytes of its samples, history and generator. */
  static long of(RunSpec run) {
    int d = run.distribution().dimensions();
    return sampleRows(run) * (SAMPLE_KEYS + (long) d * FLOAT)
        + (long) run.steps() * HISTORY_ROW
        + run.generator().parameterCount(run.latentDimension(), d) * FLOAT;
  }

  /** Samples drawn in the run, at all its scheduled steps. */
  static long sampleRows(RunSpec run) {
    int every = run.samples().every();
    long snapshots = every == 0 ? 0 : (run.steps() - 1) / every;
    return snapshots * run.samples().perSnapshot() + run.samples().atEnd();
  }
}
