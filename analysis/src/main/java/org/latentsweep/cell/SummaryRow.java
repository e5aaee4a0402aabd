package org.latentsweep.cell;

import java.util.Optional;
import org.latentsweep.metric.SeedSummary;
import org.latentsweep.scoring.MetricRow;

/**
 * A metric over the completed runs of one grid cell.
 *
 * @param target name
 * @param latentDimension k
 * @param configHash of the cell
 * @param metric its name, with {@code @h/2}, {@code @2h} and the like where it is measured at
 *     another bandwidth than the target's own; empty where no run of the target has metrics
 * @param diverged runs of the cell
 * @param failed runs of the cell
 * @param seeds the metric's distribution; empty where no run of the cell has it
 * @param floor mean of the runs' floors; empty where they have none
 * @param diagnosis of the cell in words; empty where there is nothing to say
 * @param variant the hyperparameters besides k in which the target's cells differ; may be empty
 */
public record SummaryRow(
    String target,
    int latentDimension,
    String configHash,
    Optional<String> metric,
    long diverged,
    long failed,
    Optional<SeedSummary> seeds,
    Optional<Double> floor,
    Optional<String> diagnosis,
    String variant) {

  /** The row of the {@code summary} table. */
  public Object[] columns() {
    return new Object[] {
      target,
      latentDimension,
      configHash,
      metric.orElse(null),
      seeds.map(s -> (long) s.count()).orElse(0L),
      diverged,
      failed,
      seeds.map(s -> MetricRow.orNull(s.mean())).orElse(null),
      seeds.map(s -> MetricRow.orNull(s.standardDeviation())).orElse(null),
      seeds.map(s -> MetricRow.orNull(s.median())).orElse(null),
      seeds.map(s -> MetricRow.orNull(s.ciLow())).orElse(null),
      seeds.map(s -> MetricRow.orNull(s.ciHigh())).orElse(null),
      floor.orElse(null),
      diagnosis.orElse(null),
      variant
    };
  }
}
