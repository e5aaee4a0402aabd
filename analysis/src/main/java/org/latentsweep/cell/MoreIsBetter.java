package org.latentsweep.cell;

import java.util.Set;
import org.latentsweep.coverage.ModeMetrics;
import org.latentsweep.coverage.PrecisionRecall;
import org.latentsweep.mapping.MappingMetrics;

/** The metrics of which a larger value is better. They are shares, counts or means of counts. */
final class MoreIsBetter {
  private static final Set<String> METRICS =
      Set.of(
          ModeMetrics.MODES_COVERED,
          ModeMetrics.HIGH_QUALITY,
          PrecisionRecall.PRECISION,
          PrecisionRecall.RECALL,
          PrecisionRecall.DENSITY,
          PrecisionRecall.COVERAGE,
          MappingMetrics.NEIGHBOUR_PRESERVATION);

  private MoreIsBetter() {}

  static boolean of(String metric) {
    return METRICS.contains(metric);
  }

  /** Returns the value of a run that diverged or failed. */
  static double worst(String metric) {
    return of(metric) ? 0 : Double.POSITIVE_INFINITY;
  }
}
