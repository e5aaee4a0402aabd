package org.latentsweep.cell;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TablesAcrossSeeds;
import org.latentsweep.folder.Views;
import org.latentsweep.metric.SeedSummary;
import org.latentsweep.table.SummaryRow;
import org.latentsweep.table.Table;

/** Computes the {@code summary} table: every metric of every grid cell, across seeds. */
public final class Summary {
  private Summary() {}

  /**
   * Returns the rows of the {@code summary} table. It and {@code comparisons} are computed anew
   * only if runs or metrics have changed since they were written.
   *
   * @param spark called only if they have
   * @throws IOException naming the file that cannot be read or written
   */
  public static List<SummaryRow> upToDate(Supplier<SparkSession> spark, SweepFolder folder)
      throws IOException {
    TablesAcrossSeeds tables = folder.acrossSeeds();
    String state = tables.state();
    boolean current =
        tables.isCurrent(Table.COMPARISONS, state) && tables.isCurrent(Table.SUMMARY, state);
    return current ? tables.rows(Table.SUMMARY) : write(spark.get(), folder);
  }

  /**
   * Computes the tables {@code comparisons} and {@code summary} and replaces those of the folder.
   *
   * @return the rows of the summary by target, latent dimension, variant and metric
   * @throws IOException naming the file that cannot be written
   */
  public static List<SummaryRow> write(SparkSession spark, SweepFolder folder) throws IOException {
    TablesAcrossSeeds tables = folder.acrossSeeds();
    // The state is read before the rows, so that a change in between makes the tables stale.
    String state = tables.state();
    Views.define(spark, folder);
    List<MeasuredCell> cells = MeasuredCell.all(spark);
    List<SummaryRow> rows = rows(cells);
    tables.replace(Table.COMPARISONS, state, Comparisons.of(cells));
    tables.replace(Table.SUMMARY, state, rows);
    return rows;
  }

  /**
   * Every cell gets a row for every metric that any run of its target has, also if all of its own
   * runs diverged or failed.
   */
  private static List<SummaryRow> rows(List<MeasuredCell> cells) {
    Map<String, SortedSet<String>> metricsByTarget = new HashMap<>();
    for (MeasuredCell cell : cells) {
      metricsByTarget
          .computeIfAbsent(cell.cell().target(), target -> new TreeSet<>())
          .addAll(cell.metrics().keySet());
    }
    return cells.stream()
        .flatMap(cell -> rows(cell, metricsByTarget.get(cell.cell().target())))
        .toList();
  }

  private static Stream<SummaryRow> rows(MeasuredCell cell, SortedSet<String> metrics) {
    Optional<String> diagnosis = Diagnosis.of(cell);
    return metrics.isEmpty()
        ? Stream.of(row(cell, Optional.empty(), diagnosis))
        : metrics.stream().map(metric -> row(cell, Optional.of(metric), diagnosis));
  }

  private static SummaryRow row(
      MeasuredCell measured, Optional<String> metric, Optional<String> diagnosis) {
    GridCell cell = measured.cell();
    Optional<SeedValues> values = metric.map(measured.metrics()::get);
    Optional<SeedSummary> seeds = values.map(SeedValues::summary);
    return new SummaryRow(
        cell.target(),
        cell.latentDimension(),
        cell.configHash(),
        metric.orElse(null),
        seeds.map(s -> (long) s.count()).orElse(0L),
        cell.diverged(),
        cell.failed(),
        number(seeds, SeedSummary::mean),
        number(seeds, SeedSummary::standardDeviation),
        number(seeds, SeedSummary::median),
        number(seeds, SeedSummary::ciLow),
        number(seeds, SeedSummary::ciHigh),
        values.flatMap(SeedValues::floor).orElse(null),
        diagnosis.orElse(null),
        cell.variant());
  }

  private static Double number(Optional<SeedSummary> seeds, ToDoubleFunction<SeedSummary> of) {
    return seeds.map(of::applyAsDouble).filter(value -> !Double.isNaN(value)).orElse(null);
  }
}
