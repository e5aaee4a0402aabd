package org.latentsweep.sweep;

import java.util.LinkedHashSet;
import java.util.List;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.run.RunSpec;
import org.latentsweep.training.CheckpointPolicy;

/**
 * A request for a sweep: a grid of runs, and what to do with them.
 *
 * @param name name of the sweep, which is in the row of each of its runs
 * @param output folder of its tables: a path, or a URI of a Hadoop file system
 * @param runs the expanded grid, at least one run; of equal runs the first is kept
 * @param backend name of the back end, or {@code auto}
 * @param metrics families of metrics to compute when the runs are done; may be empty
 * @param bandwidths bandwidths of the smoothed metrics, at least one
 * @param scoreSnapshots whether to score snapshots too, and not only the samples drawn at the end
 * @param checkpoints how often runs in training are saved, so that they can continue after a crash
 */
public record SweepSpec(
    String name,
    String output,
    List<RunSpec> runs,
    String backend,
    List<String> metrics,
    List<Bandwidth> bandwidths,
    boolean scoreSnapshots,
    CheckpointPolicy checkpoints) {

  /** Drops repeated runs, and checks that there is at least one run. */
  public SweepSpec {
    runs = List.copyOf(new LinkedHashSet<>(runs)); // equality is much faster than the hashes of ids
    metrics = List.copyOf(metrics);
    bandwidths = List.copyOf(bandwidths);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("Cannot make a sweep: it has no runs");
    }
  }
}
