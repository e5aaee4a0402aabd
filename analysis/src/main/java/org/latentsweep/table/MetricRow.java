package org.latentsweep.table;

import org.latentsweep.metric.Metric;
import org.latentsweep.run.RunId;

/**
 * A row of {@code metrics}: a {@link Metric} of a run, or the reason why a set of metrics could not
 * be measured. A number that a metric does not have is null rather than NaN, because SQL's
 * aggregate functions skip nulls, while one NaN makes their result NaN.
 *
 * @param runId the run's id
 * @param step the training step after which the samples were drawn or the generator was stored
 * @param metric the name of the metric; the name of the family of metrics if they failed
 * @param estimator the name of the estimator; the name of the set of metrics if they failed
 * @param value the estimate; null if it failed
 * @param standardError the standard error of the value
 * @param ciLow the lower end of the 95% confidence interval
 * @param ciHigh the upper end of the 95% confidence interval
 * @param floor the mean of the same estimator on samples of the target itself
 * @param n the number of samples
 * @param bandwidth the bandwidth of the smoothing or of the kernel
 * @param floored the share of the points at which a density or a distance was below the smallest
 *     value that the estimator allows
 * @param outcome whether the metric was measured
 * @param reason why the metrics were not measured; if they were, the {@link Metric#reason}, null if
 *     that is empty
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
    implements RowOfRun {

  /** Whether a metric was measured. */
  public enum Status {
    /** The metric was measured. */
    MEASURED,
    /** The metrics of a set could not be measured; the row gives the reason. */
    FAILED
  }

  /** Returns the row of a metric that was measured. */
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
        metric.reason().isEmpty() ? null : metric.reason());
  }

  /** Returns the row that says why none of a set's metrics could be measured on n samples. */
  public static MetricRow failed(
      RunId run, int step, String family, String set, long n, String reason) {
    return new MetricRow(
        run, step, family, set, null, null, null, null, null, n, null, null, Status.FAILED, reason);
  }

  /** Returns a number, or null if it is NaN. */
  public static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
