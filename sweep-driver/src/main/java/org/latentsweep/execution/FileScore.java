package org.latentsweep.execution;

import static org.latentsweep.table.MetricRow.orNull;

import org.latentsweep.metric.Metric;
import org.latentsweep.table.Nullable;

/**
 * A {@link Metric} of the points in a file, with null for numbers that are undefined, as in the
 * tables of a sweep. The components are those of the metric.
 */
record FileScore(
    String metric,
    String estimator,
    @Nullable Double value,
    @Nullable Double standardError,
    @Nullable Double ciLow,
    @Nullable Double ciHigh,
    @Nullable Double floor,
    long n,
    @Nullable Double bandwidth,
    @Nullable Double floored,
    @Nullable String reason) {

  static FileScore of(Metric metric) {
    return new FileScore(
        metric.metric(),
        metric.estimator(),
        orNull(metric.value()),
        orNull(metric.standardError()),
        orNull(metric.ciLow()),
        orNull(metric.ciHigh()),
        orNull(metric.floor()),
        metric.n(),
        orNull(metric.bandwidth()),
        orNull(metric.floored()),
        metric.reason().isEmpty() ? null : metric.reason());
  }
}
