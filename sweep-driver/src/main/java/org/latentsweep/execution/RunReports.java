package org.latentsweep.execution;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.util.AccumulatorV2;

/**
 * Brings reports of committed runs to the driver, which takes them out as they come, so that they
 * do not pile up. Spark adds what a task reported once, when the task has succeeded.
 */
final class RunReports extends AccumulatorV2<RunReport, List<RunReport>> {
  private static final long serialVersionUID = 1;

  private final ArrayList<RunReport> reports = new ArrayList<>();

  @Override
  public synchronized void add(RunReport report) {
    reports.add(report);
  }

  @Override
  public synchronized void merge(AccumulatorV2<RunReport, List<RunReport>> other) {
    reports.addAll(other.value());
  }

  /** Takes out what has come since it was asked last. */
  synchronized List<RunReport> drain() {
    List<RunReport> drained = List.copyOf(reports);
    reports.clear();
    return drained;
  }

  @Override
  public synchronized List<RunReport> value() {
    return List.copyOf(reports);
  }

  @Override
  public synchronized boolean isZero() {
    return reports.isEmpty();
  }

  @Override
  public synchronized RunReports copy() {
    RunReports copy = new RunReports();
    copy.reports.addAll(reports);
    return copy;
  }

  @Override
  public synchronized void reset() {
    reports.clear();
  }
}
