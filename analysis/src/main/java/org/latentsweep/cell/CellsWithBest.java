package org.latentsweep.cell;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.metric.ComparisonWithBest;

/** The smoothed divergences of cells, each compared with the best other cell of the target. */
final class CellsWithBest {
  private final Map<String, List<MeasuredCell>> byTarget;
  private final Map<String, Map<String, ComparisonWithBest>> compared = new HashMap<>();

  CellsWithBest(List<MeasuredCell> cells) {
    byTarget = cells.stream().collect(Collectors.groupingBy(cell -> cell.cell().target()));
  }

  /** Returns the comparison of a cell; empty for metrics that are no smoothed divergences. */
  Optional<ComparisonWithBest> of(MeasuredCell cell, String metric) {
    if (!SmoothedDivergences.names().contains(metric.split("@")[0])) {
      return Optional.empty();
    }
    String target = cell.cell().target();
    return Optional.of(
        compared
            .computeIfAbsent(target + " " + metric, key -> compare(byTarget.get(target), metric))
            .get(cell.cell().configHash()));
  }

  private static Map<String, ComparisonWithBest> compare(List<MeasuredCell> cells, String metric) {
    List<ComparisonWithBest> found =
        ComparisonWithBest.of(cells.stream().map(cell -> cell.logs(metric)).toList());
    Map<String, ComparisonWithBest> byCell = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      byCell.put(cells.get(i).cell().configHash(), found.get(i));
    }
    return byCell;
  }
}
