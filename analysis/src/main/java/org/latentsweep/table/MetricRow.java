package org.latentsweep.table;

import org.latentsweep.metric.Metric;
import org.latentsweep.run.RunId;

/**
 * A row of {@code metrics}: a {@link Metric} of a run, or why metrics of it could not be measured.
 * Numbers that a metric does not have are null and not NaN, since SQL's aggregates skip nulls and
 * one NaN would spoil them.
 *
 * @param runId of the run
 * @param step after which the samples were drawn or the generator was kept
 * @param metric its name; of what failed the name of the family of metrics
 * @param estimator its name; of what failed the name of the set of metrics
 * @param value the estimate; null of what failed
 * @param standardError of the value
 * @param ciLow lower end of the 95% interval
 * @param ciHigh upper end of the 95% interval
 * @param floor the mean of the same estimator on samples of the target itself
 * @param n the number of samples
 * @param bandwidth of the smoothing or of the kernel
 * @param floored share of the points at which a density was below a floor
 * @param outcome whether it was measured
 * @param reason why it was not; null if it was
 */
public record MetricRow(
    RunId runId,
    int step,
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
    Status outcome,
    @Nullable String reason)
    implements OfRun {

  /** Whether a metric was measured. */
  public enum Status {
    /** It was. */
    MEASURED,
    /** It could not be, for a reason that the row gives. */
    FAILED
  }

  /** The row of a metric that was measured. */
  public static MetricRow measured(RunId run, int step, Metric metric) {
    return new MetricRow(
        run,
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
        Status.MEASURED,
        null);
  }

  /** The row that stands for all metrics of a set that could not be measured on n samples. */
  public static MetricRow failed(
      RunId run, int step, String family, String set, long n, String reason) {
    return new MetricRow(
        run, step, family, set, null, null, null, null, null, n, null, null, Status.FAILED, reason);
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
