package org.latentsweep.cell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TablesAcrossSeeds;
import org.latentsweep.folder.Views;
import org.latentsweep.metric.SeedSummary;
import org.latentsweep.table.SummaryRow;
import org.latentsweep.table.Table;

/** The {@code summary} table: every metric of every grid cell, across seeds. */
public final class Summary {
  private Summary() {}

  /**
   * The rows of the {@code summary} table. It and {@code comparisons} are computed anew only if
   * runs or metrics have changed since they were written.
   *
   * @param spark asked for only if they have
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
   * Computes what there is to say across seeds, and replaces the tables {@code comparisons} and
   * {@code summary}.
   *
   * @return the rows of the summary by target, latent dimension, variant and metric
   * @throws IOException naming the file that cannot be written
   */
  public static List<SummaryRow> write(SparkSession spark, SweepFolder folder) throws IOException {
    TablesAcrossSeeds tables = folder.acrossSeeds();
    String state = tables.state(); // before the rows: what changes meanwhile makes it stale
    Views.define(spark, folder);
    List<GridCell> cells = GridCell.all(spark);
    List<SummaryRow> rows = rows(cells);
    tables.replace(Table.COMPARISONS, state, Comparisons.of(cells));
    tables.replace(Table.SUMMARY, state, rows);
    return rows;
  }

  /**
   * Every cell gets a row for every metric that any run of its target has, also where all of its
   * own runs diverged or failed.
   */
  private static List<SummaryRow> rows(List<GridCell> cells) {
    Map<String, Set<String>> namesByTarget = new HashMap<>();
    for (GridCell cell : cells) {
      namesByTarget
          .computeIfAbsent(cell.target(), target -> new TreeSet<>())
          .addAll(cell.metrics().keySet());
    }
    Map<GridCell, String> variants = variants(cells);
    List<GridCell> sorted = new ArrayList<>(cells);
    sorted.sort(
        Comparator.comparing(GridCell::target)
            .thenComparing(GridCell::latentDimension)
            .thenComparing(variants::get, Variants.ORDER));
    List<SummaryRow> rows = new ArrayList<>();
    for (GridCell cell : sorted) {
      Set<String> names = namesByTarget.get(cell.target());
      Optional<String> diagnosis = Diagnosis.of(cell);
      if (names.isEmpty()) {
        rows.add(row(cell, Optional.empty(), diagnosis, variants.get(cell)));
      } else {
        names.forEach(
            name -> rows.add(row(cell, Optional.of(name), diagnosis, variants.get(cell))));
      }
    }
    return rows;
  }

  private static Map<GridCell, String> variants(List<GridCell> cells) {
    Map<GridCell, String> variants = new HashMap<>();
    cells.stream()
        .collect(Collectors.groupingBy(GridCell::target))
        .values()
        .forEach(
            ofTarget ->
                variants.putAll(
                    Variants.of(
                        ofTarget.stream()
                            .collect(
                                Collectors.toMap(
                                    cell -> cell, cell -> FlatConfig.of(cell.config()))))));
    return variants;
  }

  private static SummaryRow row(
      GridCell cell, Optional<String> name, Optional<String> diagnosis, String variant) {
    Optional<GridCell.Values> values = name.map(cell.metrics()::get);
    Optional<SeedSummary> seeds = values.map(GridCell.Values::summary);
    return new SummaryRow(
        cell.target(),
        cell.latentDimension(),
        cell.configHash(),
        name.orElse(null),
        seeds.map(s -> (long) s.count()).orElse(0L),
        cell.diverged(),
        cell.failed(),
        number(seeds, SeedSummary::mean),
        number(seeds, SeedSummary::standardDeviation),
        number(seeds, SeedSummary::median),
        number(seeds, SeedSummary::ciLow),
        number(seeds, SeedSummary::ciHigh),
        values.flatMap(GridCell.Values::floor).orElse(null),
        diagnosis.orElse(null),
        variant);
  }

  private static Double number(Optional<SeedSummary> seeds, ToDoubleFunction<SeedSummary> of) {
    return seeds.map(of::applyAsDouble).filter(value -> !Double.isNaN(value)).orElse(null);
  }
}
