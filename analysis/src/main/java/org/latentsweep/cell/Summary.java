package org.latentsweep.cell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.TablesAcrossSeeds;
import org.latentsweep.folder.Views;
import org.latentsweep.metric.ComparisonWithBest;
import org.latentsweep.metric.GeometricMean;
import org.latentsweep.metric.InterquartileMean;
import org.latentsweep.metric.MedianOverSeeds;
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
    List<SummaryRow> rows = new ArrayList<>();
    CellsWithBest best = new CellsWithBest(cells);
    for (MeasuredCell cell : cells) {
      Optional<String> diagnosis = Diagnosis.of(cell);
      SortedSet<String> metrics = metricsByTarget.get(cell.cell().target());
      if (metrics.isEmpty()) {
        rows.add(row(cell, Optional.empty(), diagnosis, Optional.empty()));
      }
      for (String metric : metrics) {
        rows.add(row(cell, Optional.of(metric), diagnosis, best.of(cell, metric)));
      }
    }
    return rows;
  }

  private static SummaryRow row(
      MeasuredCell measured,
      Optional<String> metric,
      Optional<String> diagnosis,
      Optional<ComparisonWithBest> best) {
    GridCell cell = measured.cell();
    Optional<SeedValues> values = metric.map(measured.metrics()::get);
    Optional<SeedSummary> mean = values.map(SeedValues::mean);
    Optional<double[]> all = metric.map(measured::all).filter(counted -> counted.length > 0);
    Optional<MedianOverSeeds> median = all.map(MedianOverSeeds::of);
    Optional<GeometricMean> geometric =
        metric.flatMap(name -> GeometricMean.of(measured.counted(name).sorted()));
    Optional<InterquartileMean> quartiles = all.map(InterquartileMean::of);
    return new SummaryRow(
        cell.target(),
        cell.latentDimension(),
        cell.configHash(),
        metric.orElse(null),
        metric.isEmpty() ? cell.completed() : mean.map(s -> (long) s.count()).orElse(0L),
        cell.diverged(),
        cell.failed(),
        measured.divergedInEffect().size(),
        number(mean, SeedSummary::mean),
        number(mean, SeedSummary::standardDeviation),
        number(median, MedianOverSeeds::value),
        number(mean, SeedSummary::ciLow),
        number(mean, SeedSummary::ciHigh),
        number(median, MedianOverSeeds::low),
        number(median, MedianOverSeeds::high),
        number(median, MedianOverSeeds::confidence),
        number(median, MedianOverSeeds::low95),
        number(median, MedianOverSeeds::high95),
        all.map(counted -> worst(metric.orElseThrow(), counted)).orElse(null),
        median.map(m -> (long) m.runs()).orElse(0L),
        metric.map(name -> finite(measured.counted(name))).orElse(0L),
        number(geometric, GeometricMean::value),
        number(geometric, GeometricMean::logDeviation),
        number(geometric, GeometricMean::low),
        number(geometric, GeometricMean::high),
        number(quartiles, InterquartileMean::value),
        number(quartiles, InterquartileMean::low),
        number(quartiles, InterquartileMean::high),
        number(best, compared -> Math.exp(compared.low())),
        number(best, compared -> Math.exp(compared.high())),
        number(best, ComparisonWithBest::moreSeeds),
        values.flatMap(SeedValues::floor).orElse(null),
        diagnosis.orElse(null),
        cell.variant());
  }

  private static double worst(String metric, double[] values) {
    DoubleStream all = Arrays.stream(values);
    return (MoreIsBetter.of(metric) ? all.min() : all.max()).orElseThrow();
  }

  private static long finite(SeedValues values) {
    return values.bySeed().values().stream().filter(Double::isFinite).count();
  }

  private static <T> Double number(Optional<T> numbers, ToDoubleFunction<T> of) {
    return numbers.map(of::applyAsDouble).filter(value -> !Double.isNaN(value)).orElse(null);
  }
}
