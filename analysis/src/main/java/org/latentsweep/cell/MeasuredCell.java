package org.latentsweep.cell;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.table.Nullable;

/**
 * A grid cell with what was measured of its completed runs after their last step.
 *
 * @param cell the cell
 * @param metrics values by the metric's name, which contains the bandwidth where it differs from
 *     the target's own
 */
record MeasuredCell(GridCell cell, SortedMap<String, SeedValues> metrics) {
  /**
   * The factor is the bandwidth as a multiple of the target's own, rounded so that equal bandwidths
   * are one group; null for metrics that do not depend on a bandwidth.
   */
  private static final String METRICS =
      String.format(
          Locale.ROOT,
          """
      SELECT config_hash, metric, factor, avg(floor) AS floor,
        collect_list(seed) AS seeds, collect_list(value) AS seed_values
      FROM (
        SELECT r.config_hash, r.seed, m.metric, m.value, m.floor,
          CASE WHEN m.metric IN (%s) THEN round(m.bandwidth / %s, 6) END AS factor
        FROM runs r JOIN metrics m ON m.run_id = r.run_id AND m.step = r.steps
        WHERE m.outcome = 'measured')
      GROUP BY config_hash, metric, factor
      """,
          SweepQueries.list(SmoothedDivergences.names()),
          HeadlineBandwidth.sql("r.target"));

  private record MetricOfCell(
      String configHash,
      String metric,
      @Nullable Double factor,
      @Nullable Double floor,
      List<Long> seeds,
      List<Double> seedValues)
      implements OfCell {

    String name() {
      return metric + (factor == null ? "" : Bandwidth.suffix(factor));
    }

    SeedValues values() {
      SortedMap<Long, Double> bySeed = new TreeMap<>();
      for (int i = 0; i < seeds.size(); i++) {
        bySeed.put(seeds.get(i), seedValues.get(i));
      }
      return new SeedValues(bySeed, Optional.ofNullable(floor));
    }
  }

  MeasuredCell {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }

  /** Returns the seeds of the runs that completed and yet diverged in effect. */
  Set<Long> divergedInEffect() {
    double bound = CollapseBound.of(cell.target());
    return metrics
        .getOrDefault(SmoothedDivergences.KL_FORWARD, SeedValues.NONE)
        .bySeed()
        .entrySet()
        .stream()
        .filter(run -> run.getValue() > bound)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Returns the values of a metric in the runs that did not diverge, in effect or otherwise. */
  SeedValues counted(String metric) {
    return metrics.getOrDefault(metric, SeedValues.NONE).without(divergedInEffect());
  }

  /**
   * Returns the values of a metric in all runs that count, with the worst one possible for each run
   * that diverged or failed. Empty if no run counts, or runs completed and none was measured.
   */
  double[] all(String metric) {
    SeedValues measured = metrics.getOrDefault(metric, SeedValues.NONE);
    SeedValues counted = counted(metric);
    if (measured.bySeed().isEmpty() && cell.completed() > 0) {
      return new double[0];
    }
    int inEffect = measured.bySeed().size() - counted.bySeed().size();
    int lost = Math.toIntExact(cell.diverged() + cell.failed()) + inEffect;
    return counted.withLost(lost, MoreIsBetter.worst(metric));
  }

  /** Returns the logarithms of the counted values of a metric; empty if they have none. */
  double[] logs(String metric) {
    double[] values = counted(metric).sorted();
    boolean positive = Arrays.stream(values).allMatch(v -> v > 0 && Double.isFinite(v));
    return positive ? Arrays.stream(values).map(Math::log).toArray() : new double[0];
  }

  /** Returns all cells of the session's views, in the order of {@link GridCell#all}. */
  static List<MeasuredCell> all(SparkSession spark) {
    Map<String, SortedMap<String, SeedValues>> metrics = new HashMap<>();
    for (MetricOfCell row : SweepQueries.rows(spark, METRICS, MetricOfCell.class)) {
      metrics
          .computeIfAbsent(row.configHash(), cell -> new TreeMap<>())
          .put(row.name(), row.values());
    }
    return GridCell.all(spark).stream()
        .map(
            cell ->
                new MeasuredCell(
                    cell, metrics.getOrDefault(cell.configHash(), Collections.emptySortedMap())))
        .toList();
  }
}
