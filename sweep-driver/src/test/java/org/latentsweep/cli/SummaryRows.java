package org.latentsweep.cli;

import static org.latentsweep.table.MetricRow.orNull;

import org.latentsweep.metric.MedianOverSeeds;
import org.latentsweep.table.SummaryRow;

/** Rows of {@code summary} with the columns that the printed table shows. */
final class SummaryRows {
  private static final double NONE = Double.NaN;

  private SummaryRows() {}

  /** Returns a median whose interval has no interpolated form. */
  static MedianOverSeeds median(
      int runs, int finite, double value, double low, double high, double confidence) {
    return new MedianOverSeeds(runs, finite, value, low, high, confidence, NONE, NONE);
  }

  /**
   * Returns a row of {@code spiral}, whose mean is its median.
   *
   * @param median the median over the runs that count, of which all but the finite ones failed
   */
  static SummaryRow row(
      int k,
      String variant,
      String metric,
      MedianOverSeeds median,
      Double worst,
      Double floor,
      String diagnosis) {
    return new SummaryRow(
        "spiral",
        k,
        "cell" + k + variant,
        metric,
        median.finite(),
        0,
        median.runs() - median.finite(),
        0,
        orNull(median.value()),
        null,
        orNull(median.value()),
        null,
        null,
        orNull(median.low()),
        orNull(median.high()),
        orNull(median.confidence()),
        null,
        null,
        worst,
        median.runs(),
        median.finite(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        floor,
        diagnosis,
        variant);
  }
}
