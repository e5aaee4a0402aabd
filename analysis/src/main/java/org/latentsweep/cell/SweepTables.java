package org.latentsweep.cell;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.folder.SweepFolder;
import org.latentsweep.folder.Views;
import org.latentsweep.target.NoiseLaw;

/** What a report asks of a sweep's tables, by Spark SQL on its views. Used by one thread. */
public final class SweepTables implements AutoCloseable {
  /** Small tables in many files, which most queries need. */
  private static final List<String> KEPT = List.of("committed", "runs", "metrics");

  private static final String CELLS =
      """
      SELECT config_hash, target, latent_dim, min(config) AS config, count(*) AS runs,
        count_if(outcome = 'diverged') AS diverged, count_if(outcome = 'failed') AS failed
      FROM runs GROUP BY config_hash, target, latent_dim
      """;

  /** Each run's divergence at the bandwidth that its target is quoted at, after its last step. */
  private static final String RUNS =
      """
      SELECT r.run_id, r.config_hash, r.target, r.latent_dim, r.seed, r.outcome, r.steps,
        m.value AS kl_forward, m.ci_low, m.ci_high, m.floor, m.n, r.d_loss, r.g_loss,
        r.train_seconds, r.steps_per_second, r.diverged_at, r.message, r.backend, r.device, r.host,
        r.attempt, r.started_at, r.finished_at, r.version
      FROM runs r LEFT JOIN metrics m ON m.run_id = r.run_id AND m.step = r.steps
        AND m.metric = 'kl_forward' AND m.outcome = 'measured'
        AND round(m.bandwidth / %s, 6) = 1
      ORDER BY r.target, r.latent_dim, r.config_hash, r.seed
      """
          .formatted(HeadlineBandwidth.sql("r.target"));

  private final SparkSession spark;
  private final SweepFolder folder;
  private final ReportTable runs;
  private final List<Cell> cells;

  /** Reads the runs, and makes the folder's views in the session. */
  public SweepTables(SparkSession spark, SweepFolder folder) {
    this.spark = spark;
    this.folder = folder;
    Views.define(spark, folder);
    KEPT.forEach(spark.catalog()::cacheTable);
    runs = query(RUNS);
    cells = readCells();
  }

  /** Forgets what was kept of the tables. */
  @Override
  public void close() {
    KEPT.forEach(spark.catalog()::uncacheTable);
  }

  public SweepFolder folder() {
    return folder;
  }

  /** The rows of a query. */
  public ReportTable query(String sql) {
    var result = spark.sql(sql);
    List<List<Object>> rows = new ArrayList<>();
    for (Row row : result.collectAsList()) {
      rows.add(IntStream.range(0, row.size()).mapToObj(row::get).collect(Collectors.toList()));
    }
    return new ReportTable(List.of(result.columns()), rows, Optional.of(sql.strip()));
  }

  /** All runs, with their KL_h forward. */
  public ReportTable runs() {
    return runs;
  }

  /** All cells, targets in the order of their names, k ascending, variants in theirs. */
  public List<Cell> cells() {
    return cells;
  }

  /** Cells by panel: those of one target that differ in k alone. */
  public static Map<String, List<Cell>> byPanel(List<Cell> cells) {
    return cells.stream()
        .collect(Collectors.groupingBy(Cell::panel, LinkedHashMap::new, Collectors.toList()));
  }

  /** Cells by target. */
  public Map<String, List<Cell>> byTarget() {
    return cells.stream()
        .collect(Collectors.groupingBy(Cell::target, LinkedHashMap::new, Collectors.toList()));
  }

  /** A list of SQL strings, for {@code IN}. */
  public static String list(Iterable<String> values) {
    List<String> quoted = new ArrayList<>();
    values.forEach(value -> quoted.add("'" + value + "'"));
    return String.join(", ", quoted);
  }

  private List<Cell> readCells() {
    ReportTable found = query(CELLS);
    Map<String, SortedMap<String, JsonNode>> configs = new HashMap<>();
    for (List<Object> cell : found.rows()) {
      configs.put(found.text(cell, "config_hash"), FlatConfig.of(found.text(cell, "config")));
    }
    Map<String, String> variants = variants(found, configs);
    Map<String, String> diagnoses = diagnoses();
    Map<String, Cell.ShownRun> shown = shownRuns();
    return found.rows().stream()
        .map(
            row -> {
              String hash = found.text(row, "config_hash");
              SortedMap<String, JsonNode> config = configs.get(hash);
              return new Cell(
                  hash,
                  found.text(row, "target"),
                  found.whole(row, "latent_dim"),
                  variants.get(hash),
                  NoiseLaw.parse(config.get("noise").asText()),
                  config.get("snapshot_every").asInt(),
                  (long) found.value(row, "runs"),
                  (long) found.value(row, "diverged"),
                  (long) found.value(row, "failed"),
                  Optional.ofNullable(diagnoses.get(hash)),
                  Optional.ofNullable(shown.get(hash)));
            })
        .sorted(
            Comparator.comparing(Cell::target)
                .thenComparing(Cell::latentDimension)
                .thenComparing(Cell::variant, Variants.ORDER))
        .toList();
  }

  private Map<String, String> diagnoses() {
    ReportTable found =
        query("SELECT DISTINCT config_hash, diagnosis FROM summary WHERE diagnosis IS NOT NULL");
    return found.rows().stream()
        .collect(
            Collectors.toMap(
                row -> found.text(row, "config_hash"),
                row -> found.text(row, "diagnosis"),
                (one, same) -> one));
  }

  /** By the cell's hash. */
  private static Map<String, String> variants(
      ReportTable cells, Map<String, SortedMap<String, JsonNode>> configs) {
    Map<String, Map<String, SortedMap<String, JsonNode>>> byTarget = new HashMap<>();
    for (List<Object> cell : cells.rows()) {
      String hash = cells.text(cell, "config_hash");
      byTarget
          .computeIfAbsent(cells.text(cell, "target"), target -> new HashMap<>())
          .put(hash, configs.get(hash));
    }
    Map<String, String> variants = new HashMap<>();
    byTarget.values().forEach(ofTarget -> variants.putAll(Variants.of(ofTarget)));
    return variants;
  }

  private Map<String, Cell.ShownRun> shownRuns() {
    Map<String, List<List<Object>>> completed =
        runs.rows().stream()
            .filter(run -> runs.text(run, "outcome").equals("completed"))
            .collect(Collectors.groupingBy(run -> runs.text(run, "config_hash")));
    Map<String, Cell.ShownRun> shown = new HashMap<>();
    completed.forEach((hash, ofCell) -> shown.put(hash, median(ofCell)));
    return shown;
  }

  /** NaNs go last; of an even number the better of the middle two. */
  private Cell.ShownRun median(List<List<Object>> ofCell) {
    List<List<Object>> sorted = new ArrayList<>(ofCell);
    sorted.sort(
        Comparator.<List<Object>>comparingDouble(run -> runs.number(run, "kl_forward"))
            .thenComparingDouble(run -> runs.number(run, "seed")));
    boolean known = sorted.stream().anyMatch(run -> !Double.isNaN(runs.number(run, "kl_forward")));
    List<Object> run = sorted.get(known ? (sorted.size() - 1) / 2 : 0);
    return new Cell.ShownRun(
        runs.text(run, "run_id"), (long) runs.value(run, "seed"), runs.whole(run, "steps"));
  }
}
