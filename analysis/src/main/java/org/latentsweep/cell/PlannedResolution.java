package org.latentsweep.cell;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.latentsweep.metric.Resolution;
import org.latentsweep.table.SummaryRow;

/**
 * What ratio of divergences the seeds of one target's cells can resolve.
 *
 * @param seeds number of seeds of the cell that has fewest
 * @param cells number of cells of the target
 * @param comparisons number of pairs of them that differ in one hyperparameter
 */
public record PlannedResolution(int seeds, int cells, int comparisons) {
  /**
   * The standard deviation over seeds of the logarithm of the divergence, where no run was measured
   * yet. Chosen by judgement: cells whose runs do not collapse have about this one.
   */
  public static final double GUESSED_LOG_DEVIATION = 0.4;

  /**
   * Returns the resolution of the planned runs of one target.
   *
   * @param seedsByCell the number of seeds of each cell by a run's configuration as JSON
   */
  public static PlannedResolution of(Map<String, Integer> seedsByCell) {
    List<Map<String, JsonNode>> configs =
        seedsByCell.keySet().stream().map(Comparisons::compared).toList();
    Map<Map<String, JsonNode>, Integer> groups = new HashMap<>(); // what cells agree in
    int comparisons = 0;
    for (Map<String, JsonNode> config : configs) {
      for (String key : config.keySet()) {
        Map<String, JsonNode> others = new TreeMap<>(config);
        others.remove(key);
        comparisons += groups.merge(others, 1, Integer::sum) - 1;
      }
    }
    Collection<Integer> seeds = seedsByCell.values();
    int least = seeds.stream().mapToInt(n -> n).min().orElse(0);
    return new PlannedResolution(least, seedsByCell.size(), comparisons);
  }

  /**
   * Returns the standard deviation over seeds of the logarithm of the divergence that cells are
   * ranked by, pooled over cells; NaN if no cell has two runs with a positive one.
   */
  public static double logDeviation(List<SummaryRow> summary) {
    String ranking = Ranking.of(summary.stream().map(SummaryRow::metric).toList());
    double squares = 0;
    double nu = 0;
    for (SummaryRow row : summary) {
      if (Objects.equals(row.metric(), ranking) && row.logSd() != null) {
        squares += row.logSd() * row.logSd() * (row.finite() - 1);
        nu += row.finite() - 1;
      }
    }
    return nu == 0 ? Double.NaN : Math.sqrt(squares / nu);
  }

  /** Returns the ratio; infinite if no test can be made. */
  public double ratio(double logDeviation) {
    return Resolution.ratio(logDeviation, seeds, cells, Math.max(1, comparisons));
  }
}
