package org.latentsweep.execution;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.util.AccumulatorV2;
import org.latentsweep.table.RunRow;

/**
 * An accumulator that brings the rows of committed runs to the driver, which removes them regularly
 * so that they do not accumulate in memory. Spark adds the rows of a task once, when it succeeds.
 */
final class CommittedRuns extends AccumulatorV2<RunRow, List<RunRow>> {
  private static final long serialVersionUID = 1;

  private final ArrayList<RunRow> runs = new ArrayList<>();

  @Override
  public synchronized void add(RunRow run) {
    runs.add(run);
  }

  @Override
  public synchronized void merge(AccumulatorV2<RunRow, List<RunRow>> other) {
    runs.addAll(other.value());
  }

  /** Removes and returns the rows that were added since the last call. */
  synchronized List<RunRow> drain() {
    List<RunRow> drained = List.copyOf(runs);
    runs.clear();
    return drained;
  }

  @Override
  public synchronized List<RunRow> value() {
    return List.copyOf(runs);
  }

  @Override
  public synchronized boolean isZero() {
    return runs.isEmpty();
  }

  @Override
  public synchronized CommittedRuns copy() {
    CommittedRuns copy = new CommittedRuns();
    copy.runs.addAll(runs);
    return copy;
  }

  @Override
  public synchronized void reset() {
    runs.clear();
  }
}
