package org.latentsweep.cell;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.sql.SparkSession;
import org.latentsweep.network.Loss;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;
import org.latentsweep.target.Targets;

/**
 * One cell of a sweep's grid: the runs that differ in their seeds alone.
 *
 * @param configHash the hash that these runs share
 * @param target the name of the target
 * @param latentDimension k
 * @param variant the other hyperparameters in which the cells of the target differ, such as {@code
 *     batch = 64}; empty if they differ in none
 * @param config the configuration of one of its runs, as JSON
 * @param runs the number of finished runs, however they ended
 * @param completed how many of them completed
 * @param diverged how many of them diverged
 * @param failed how many of them failed
 */
public record GridCell(
    String configHash,
    String target,
    int latentDimension,
    String variant,
    String config,
    long runs,
    long completed,
    long diverged,
    long failed)
    implements OfCell {

  /** The query that counts the runs of each cell. */
  public static final String COUNTS_SQL = sql("");

  private static final Comparator<GridCell> ORDER =
      Comparator.comparing(GridCell::target)
          .thenComparing(GridCell::latentDimension)
          .thenComparing(GridCell::variant, Variants.ORDER);

  private record CountedCell(
      String target,
      int latentDim,
      String configHash,
      String config,
      long runs,
      long completed,
      long diverged,
      long failed) {

    SortedMap<String, JsonNode> hyperparameters() {
      return FlatConfig.of(config);
    }

    GridCell withVariant(String variant) {
      return new GridCell(
          configHash, target, latentDim, variant, config, runs, completed, diverged, failed);
    }
  }

  private static String sql(String moreColumns) {
    return String.format(
        Locale.ROOT,
        """
    SELECT target, latent_dim, config_hash, %scount(*) AS runs,
      count_if(outcome = 'completed') AS completed, count_if(outcome = 'diverged') AS diverged,
      count_if(outcome = 'failed') AS failed
    FROM runs GROUP BY target, latent_dim, config_hash
    ORDER BY target, latent_dim, config_hash
    """,
        moreColumns);
  }

  /** Returns all cells of the session's views, by target, latent dimension and variant. */
  static List<GridCell> all(SparkSession spark) {
    List<CountedCell> found =
        SweepQueries.rows(spark, sql("min(config) AS config, "), CountedCell.class);
    Map<CountedCell, String> variants = variants(found);
    return found.stream().map(cell -> cell.withVariant(variants.get(cell))).sorted(ORDER).toList();
  }

  private static Map<CountedCell, String> variants(List<CountedCell> cells) {
    Map<CountedCell, String> variants = new HashMap<>();
    cells.stream()
        .collect(groupingBy(CountedCell::target))
        .values()
        .forEach(
            ofTarget ->
                variants.putAll(
                    Variants.of(
                        ofTarget.stream()
                            .collect(toMap(cell -> cell, CountedCell::hyperparameters)))));
    return variants;
  }

  /** Returns the target distribution. */
  public TargetDistribution distribution() {
    return Targets.named(target);
  }

  /** Returns the law of the latents. */
  public NoiseLaw noise() {
    return NoiseLaw.parse(hyperparameters().get("noise").asText());
  }

  /** Returns the loss that the networks minimise. */
  public Loss loss() {
    return Loss.named(hyperparameters().get("loss").asText());
  }

  /** Returns the number of steps between two snapshots, 0 for no snapshots. */
  public int snapshotEvery() {
    return hyperparameters().get("snapshot_every").asInt();
  }

  SortedMap<String, JsonNode> hyperparameters() {
    return FlatConfig.of(config);
  }

  /** Returns a label such as {@code gaussian, k = 2, batch = 64}. */
  public String label() {
    return target + ", " + labelInTarget();
  }

  /** Returns a label among the cells of its target, such as {@code k = 2, batch = 64}. */
  public String labelInTarget() {
    return labelInPanel() + (variant.isEmpty() ? "" : ", " + variant);
  }

  /** Returns a label among the cells that differ from this one in k alone: {@code k = 2}. */
  public String labelInPanel() {
    return "k = " + latentDimension;
  }

  /** Returns what the cells that differ from this one in k alone have in common. */
  public String panel() {
    return target + (variant.isEmpty() ? "" : ", " + variant);
  }
}
