package org.latentsweep.sweep;

import java.util.LinkedHashSet;
import java.util.List;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.run.RunSpec;
import org.latentsweep.training.CheckpointPolicy;

/**
 * What was asked for: a grid of runs, and what to do with them.
 *
 * @param name of the sweep, by which its runs are known in the tables
 * @param output folder of its tables: a path, or a URI of a Hadoop file system
 * @param runs the expanded grid, at least one; of equal runs the first is kept
 * @param backend name of the back end, or {@code auto}
 * @param metrics families of metrics to compute once the runs are done; may be empty
 * @param bandwidths at which to measure what is smoothed, at least one
 * @param scoreSnapshots whether the metrics are computed of snapshots too, not only of the samples
 *     drawn at the end
 * @param checkpoints how often runs in training are saved, to go on from there after a crash
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

  /** Drops repeated runs, and checks that there is one. */
  public SweepSpec {
    runs = List.copyOf(new LinkedHashSet<>(runs)); // far quicker than by their ids
    metrics = List.copyOf(metrics);
    bandwidths = List.copyOf(bandwidths);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("Cannot make a sweep: it has no runs");
    }
  }
}
