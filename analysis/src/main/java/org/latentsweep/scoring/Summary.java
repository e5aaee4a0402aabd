package org.latentsweep.scoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.metric.SeedSummary;
import org.latentsweep.table.SweepFolder;
import org.latentsweep.table.TableWriter;
import org.latentsweep.table.Views;
import org.latentsweep.target.Targets;

/** The {@code summary} table: every metric of every grid cell, across seeds. */
public final class Summary {
  private static final String CELLS =
      """
      SELECT target, latent_dim, config_hash,
        count_if(outcome = 'diverged') AS diverged, count_if(outcome = 'failed') AS failed
      FROM runs GROUP BY target, latent_dim, config_hash
      ORDER BY target, latent_dim, config_hash
      """;

  /** Metrics at the last step only, their names told apart by bandwidth. */
  private static final String METRICS =
      """
      SELECT target, config_hash, name, sort_array(collect_list(value)) AS seed_values,
        avg(floor) AS floor
      FROM (
        SELECT r.target, r.config_hash, m.value, m.floor,
          concat(m.metric, CASE
            WHEN abs(m.bandwidth / %1$s - 0.5) < 1e-9 THEN '@h/2'
            WHEN abs(m.bandwidth / %1$s - 2) < 1e-9 THEN '@2h'
            ELSE '' END) AS name
        FROM runs r JOIN metrics m ON m.run_id = r.run_id AND m.step = r.steps)
      GROUP BY target, config_hash, name
      """;

  private Summary() {}

  /**
   * The rows of the {@code summary} table, computed anew only if runs or metrics have changed since
   * it was written.
   *
   * @param spark asked for only if they have
   * @throws IOException naming the file that cannot be read or written
   */
  public static List<Object[]> upToDate(Supplier<SparkSession> spark, SweepFolder folder)
      throws IOException {
    Optional<List<Object[]>> current = folder.summaryOf(folder.state());
    return current.isPresent()
        ? current.get()
        : write(spark.get(), folder).stream().map(SummaryRow::columns).toList();
  }

  /**
   * Computes the summary of a folder and replaces its table.
   *
   * @return the rows by target, latent dimension, cell and metric
   * @throws IOException naming the file that cannot be written
   */
  public static List<SummaryRow> write(SparkSession spark, SweepFolder folder) throws IOException {
    String state = folder.state(); // before the rows: what changes meanwhile makes it stale
    Views.define(spark, folder);
    List<SummaryRow> rows = rows(spark);
    try (TableWriter writer = folder.summaryWriter()) {
      for (SummaryRow row : rows) {
        writer.add(row.columns());
      }
      writer.finish(Map.of(SweepFolder.STATE, state));
      writer.publish();
    }
    return rows;
  }

  /**
   * Every cell gets a row for every metric that any run of its target has, also where all of its
   * own runs diverged or failed.
   */
  private static List<SummaryRow> rows(SparkSession spark) {
    Map<String, Map<String, Row>> metricsByCell = new HashMap<>();
    Map<String, TreeSet<String>> namesByTarget = new HashMap<>();
    for (Row row : spark.sql(METRICS.formatted(bandwidth())).collectAsList()) {
      String name = row.getAs("name");
      metricsByCell
          .computeIfAbsent(row.getAs("config_hash"), cell -> new HashMap<>())
          .put(name, row);
      namesByTarget.computeIfAbsent(row.getAs("target"), target -> new TreeSet<>()).add(name);
    }
    List<SummaryRow> rows = new ArrayList<>();
    for (Row cell : spark.sql(CELLS).collectAsList()) {
      Map<String, Row> metrics =
          metricsByCell.getOrDefault(cell.<String>getAs("config_hash"), Map.of());
      Set<String> names = namesByTarget.get(cell.<String>getAs("target"));
      if (names == null) {
        rows.add(summaryRow(cell, Optional.empty(), Optional.empty()));
      } else {
        names.forEach(
            name ->
                rows.add(
                    summaryRow(cell, Optional.of(name), Optional.ofNullable(metrics.get(name)))));
      }
    }
    return rows;
  }

  /** The headline bandwidth of a row's target. */
  private static String bandwidth() {
    return Targets.all().values().stream()
        .map(target -> "WHEN '%s' THEN %sD".formatted(target.name(), target.defaultBandwidth()))
        .collect(Collectors.joining(" ", "(CASE r.target ", " END)"));
  }

  private static SummaryRow summaryRow(Row cell, Optional<String> name, Optional<Row> metric) {
    return new SummaryRow(
        cell.getAs("target"),
        cell.getAs("latent_dim"),
        cell.getAs("config_hash"),
        name,
        cell.getAs("diverged"),
        cell.getAs("failed"),
        metric.map(row -> seeds(row.getList(row.fieldIndex("seed_values")))),
        metric.map(row -> row.<Double>getAs("floor")));
  }

  private static SeedSummary seeds(List<Double> values) {
    return SeedSummary.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
