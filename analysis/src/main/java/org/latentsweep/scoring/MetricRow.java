package org.latentsweep.scoring;

import org.latentsweep.metric.Metric;

/** Rows of the {@code metrics} table. */
public final class MetricRow {
  private static final String MEASURED = "measured";
  private static final String FAILED = "failed";

  private MetricRow() {}

  static Object[] measured(RunToScore run, int step, Metric metric) {
    return new Object[] {
      run.id().hex(),
      step,
      metric.metric(),
      metric.estimator(),
      metric.value(),
      orNull(metric.standardError()),
      orNull(metric.ciLow()),
      orNull(metric.ciHigh()),
      orNull(metric.floor()),
      metric.n(),
      orNull(metric.bandwidth()),
      orNull(metric.floored()),
      MEASURED,
      null
    };
  }

  /** In place of all metrics of a set of so many samples. */
  static Object[] failed(RunToScore run, int step, MetricSet set, long n, String reason) {
    return new Object[] {
      run.id().hex(),
      step,
      set.family(),
      set.name(),
      null,
      null,
      null,
      null,
      null,
      n,
      null,
      null,
      FAILED,
      reason
    };
  }

  /** SQL skips nulls in aggregates, where one NaN would spoil them. */
  public static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
