package org.latentsweep.cell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.metric.SeedSummary;

/**
 * One cell of a sweep's grid, with what was measured of its completed runs after their last step.
 *
 * @param target name
 * @param latentDimension k
 * @param configHash of the cell
 * @param config of one of its runs, as JSON
 * @param runs however they ended
 * @param diverged of them
 * @param failed of them
 * @param metrics by name, which tells bandwidths apart
 */
record GridCell(
    String target,
    int latentDimension,
    String configHash,
    String config,
    long runs,
    long diverged,
    long failed,
    SortedMap<String, Values> metrics) {

  private static final String CELLS =
      """
      SELECT target, latent_dim, config_hash, min(config) AS config, count(*) AS runs,
        count_if(outcome = 'diverged') AS diverged, count_if(outcome = 'failed') AS failed
      FROM runs GROUP BY target, latent_dim, config_hash
      ORDER BY target, latent_dim, config_hash
      """;

  /** Rounded, so that one bandwidth is one group; null where metrics do not depend on it. */
  private static final String METRICS =
      """
      SELECT config_hash, metric, factor, avg(floor) AS floor,
        collect_list(seed) AS seeds, collect_list(value) AS seed_values
      FROM (
        SELECT r.config_hash, r.seed, m.metric, m.value, m.floor,
          CASE WHEN m.metric IN (%s) THEN round(m.bandwidth / %s, 6) END AS factor
        FROM runs r JOIN metrics m ON m.run_id = r.run_id AND m.step = r.steps
        WHERE m.outcome = 'measured')
      GROUP BY config_hash, metric, factor
      """;

  GridCell {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }

  /**
   * A metric over the seeds of a cell.
   *
   * @param bySeed one value, never NaN, for each
   * @param floor mean of the runs' floors; empty where they have none
   */
  record Values(SortedMap<Long, Double> bySeed, Optional<Double> floor) {
    Values {
      bySeed = Collections.unmodifiableSortedMap(new TreeMap<>(bySeed));
    }

    SeedSummary summary() {
      double[] sorted = bySeed.values().stream().mapToDouble(value -> value).sorted().toArray();
      return SeedSummary.of(sorted);
    }
  }

  /** All cells, by target, latent dimension and hash, from the views that a session has. */
  static List<GridCell> all(SparkSession spark) {
    Map<String, SortedMap<String, Values>> metrics = new HashMap<>();
    for (Row row :
        spark
            .sql(METRICS.formatted(smoothed(), HeadlineBandwidth.sql("r.target")))
            .collectAsList()) {
      metrics
          .computeIfAbsent(row.getAs("config_hash"), cell -> new TreeMap<>())
          .put(name(row), values(row));
    }
    List<GridCell> cells = new ArrayList<>();
    for (Row row : spark.sql(CELLS).collectAsList()) {
      cells.add(
          new GridCell(
              row.getAs("target"),
              row.getAs("latent_dim"),
              row.getAs("config_hash"),
              row.getAs("config"),
              row.getAs("runs"),
              row.getAs("diverged"),
              row.getAs("failed"),
              metrics.getOrDefault(
                  row.<String>getAs("config_hash"), Collections.emptySortedMap())));
    }
    return cells;
  }

  private static String smoothed() {
    return SmoothedDivergences.names().stream()
        .map("'%s'"::formatted)
        .collect(Collectors.joining(", "));
  }

  private static String name(Row row) {
    Double factor = row.getAs("factor");
    return row.getAs("metric") + (factor == null ? "" : Bandwidth.suffix(factor));
  }

  private static Values values(Row row) {
    List<Long> seeds = row.getList(row.fieldIndex("seeds"));
    List<Double> values = row.getList(row.fieldIndex("seed_values"));
    SortedMap<Long, Double> bySeed = new TreeMap<>();
    for (int i = 0; i < seeds.size(); i++) {
      bySeed.put(seeds.get(i), values.get(i));
    }
    return new Values(bySeed, Optional.ofNullable(row.getAs("floor")));
  }
}
