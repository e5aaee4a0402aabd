package org.latentsweep.execution;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.util.AccumulatorV2;
import org.latentsweep.table.RunRow;

/**
 * Brings the rows of committed runs to the driver, which takes them out as they come, so that they
 * do not pile up. Spark adds what a task added once, when the task has succeeded.
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

  /** Takes out what has come since it was asked last. */
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
