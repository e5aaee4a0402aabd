package org.latentsweep.cell;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.latentsweep.divergence.SmoothedDivergences.KL_SKEW;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.Views;
import org.latentsweep.run.Outcome;
import org.latentsweep.table.RowType;

/**
 * The rows of a sweep's tables, by Spark SQL on its views: its runs, its cells and any query. All
 * queries see the tables as they were when this object was created. Many threads may call every
 * method at the same time.
 */
public final class SweepQueries implements AutoCloseable {
  /** The views that most queries need, which are small and spread over many files. */
  private static final List<String> CACHED = List.of("committed", "runs", "metrics");

  private static final String DIAGNOSES =
      "SELECT DISTINCT config_hash, diagnosis FROM summary WHERE diagnosis IS NOT NULL";

  private record CellDiagnosis(String configHash, String diagnosis) {}

  private final SparkSession spark;
  private final SweepFolder folder;
  private final List<MeasuredRun> runs;
  private final List<GridCell> cells;
  private final Map<String, String> diagnoses = new HashMap<>(); // by config hash
  private final Map<String, MeasuredRun> shownRuns = new HashMap<>(); // by config hash

  /** Makes the folder's views in the session, and reads the runs. */
  public SweepQueries(SparkSession spark, SweepFolder folder) {
    this.spark = spark;
    this.folder = folder;
    Views.define(spark, folder);
    CACHED.forEach(spark.catalog()::cacheTable);
    runs = query(MeasuredRun.SQL, MeasuredRun.class);
    cells = GridCell.all(spark);
    query(DIAGNOSES, CellDiagnosis.class)
        .forEach(row -> diagnoses.putIfAbsent(row.configHash(), row.diagnosis()));
    OfCell.group(runs.stream().filter(run -> run.outcome() == Outcome.COMPLETED).toList())
        .forEach((hash, completed) -> shownRuns.put(hash, median(completed)));
  }

  /** Removes the views from Spark's cache. */
  @Override
  public void close() {
    CACHED.forEach(spark.catalog()::uncacheTable);
  }

  /** Returns the folder that is queried. */
  public SweepFolder folder() {
    return folder;
  }

  /**
   * Returns the rows of a query.
   *
   * @param row the record whose components are the query's columns, in order
   */
  public <R extends Record> List<R> query(String sql, Class<R> row) {
    return rows(spark, sql, row);
  }

  static <R extends Record> List<R> rows(SparkSession spark, String sql, Class<R> row) {
    RowType<R> type = RowType.of(row);
    Dataset<Row> result = spark.sql(sql);
    if (!List.of(result.columns()).equals(type.columns())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot read %s: the query has the columns %s, and the record has %s",
              row.getSimpleName(),
              List.of(result.columns()),
              type.columns()));
    }
    return result.collectAsList().stream().map(type::row).toList();
  }

  /** Returns all runs, by target, latent dimension, cell and seed. */
  public List<MeasuredRun> runs() {
    return runs;
  }

  /** Returns the metric by which runs and cells are ranked. */
  public String ranking() {
    boolean skew = runs.stream().anyMatch(run -> run.klSkew() != null);
    return Ranking.of(skew ? List.of(KL_SKEW) : List.of());
  }

  /** Returns all cells, by target, latent dimension and variant. */
  public List<GridCell> cells() {
    return cells;
  }

  /** Returns what the numbers of a cell mean, in words; empty if nothing is known of it yet. */
  public Optional<String> diagnosis(GridCell cell) {
    return Optional.ofNullable(diagnoses.get(cell.configHash()));
  }

  /**
   * Returns the run of a cell whose samples are drawn: of those that completed the one of median
   * divergence, or of least seed if no divergence is known. Empty if none completed.
   */
  public Optional<MeasuredRun> shownRun(GridCell cell) {
    return Optional.ofNullable(shownRuns.get(cell.configHash()));
  }

  /** NaNs sort last. Of an even number of runs, the better of the middle two is taken. */
  private static MeasuredRun median(List<MeasuredRun> completed) {
    List<MeasuredRun> sorted = new ArrayList<>(completed);
    sorted.sort(
        Comparator.comparingDouble(MeasuredRun::ranked).thenComparingLong(MeasuredRun::seed));
    boolean known = sorted.stream().anyMatch(run -> !Double.isNaN(run.ranked()));
    return sorted.get(known ? (sorted.size() - 1) / 2 : 0);
  }

  /** Groups cells by panel: the cells of one target that differ in k alone. */
  public static Map<String, List<GridCell>> byPanel(List<GridCell> cells) {
    return cells.stream().collect(groupingBy(GridCell::panel, LinkedHashMap::new, toList()));
  }

  /** Returns the cells by target. */
  public Map<String, List<GridCell>> byTarget() {
    return cells.stream().collect(groupingBy(GridCell::target, LinkedHashMap::new, toList()));
  }

  /** Returns a list of SQL strings, for {@code IN}. */
  public static String list(Iterable<?> values) {
    List<String> quoted = new ArrayList<>();
    values.forEach(value -> quoted.add("'" + value + "'"));
    return String.join(", ", quoted);
  }
}
