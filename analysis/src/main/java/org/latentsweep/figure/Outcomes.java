package org.latentsweep.figure;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StackedXYBarRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.data.xy.CategoryTableXYDataset;
import org.latentsweep.cell.GridCell;
import org.latentsweep.cell.OfCell;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.table.NamedColumns;

/** How the runs of each cell ended. */
final class Outcomes implements Figure {
  /** The colours of bars, by their place in {@link OutcomeCounts#byName}. */
  private static final List<Integer> COLOURS = List.of(5, 4, 1);

  /** How many runs of a cell ended in which way. */
  private record OutcomeCounts(
      String target,
      int latentDim,
      String configHash,
      long runs,
      long completed,
      long diverged,
      long failed)
      implements OfCell {

    static OutcomeCounts of(GridCell cell) {
      return new OutcomeCounts(
          cell.target(),
          cell.latentDimension(),
          cell.configHash(),
          cell.runs(),
          cell.completed(),
          cell.diverged(),
          cell.failed());
    }

    List<Map.Entry<String, Long>> byName() {
      return List.of(
          Map.entry("completed", completed),
          Map.entry("diverged", diverged),
          Map.entry("failed", failed));
    }
  }

  /** The order of {@link GridCell#COUNTS_SQL}. */
  private static final Comparator<GridCell> ORDER =
      Comparator.comparing(GridCell::target)
          .thenComparing(GridCell::latentDimension)
          .thenComparing(GridCell::configHash);

  @Override
  public List<DrawnFigure> of(SweepQueries sweep) {
    List<OutcomeCounts> rows = sweep.cells().stream().sorted(ORDER).map(OutcomeCounts::of).toList();
    if (rows.isEmpty()) {
      return List.of();
    }
    long max = rows.stream().mapToLong(OutcomeCounts::runs).max().orElseThrow();
    Sheet sheet =
        new CellPanels<>(sweep, rows)
            .sheet(ofTarget -> Charts.counts("runs (count)", 1.08 * max), true, Outcomes::draw);
    return List.of(
        new DrawnFigure(
            "outcomes",
            "",
            "How the runs ended",
            "Runs of each cell that completed, diverged (a loss or weight became non-finite) or"
                + String.format(
                    Locale.ROOT, " failed (an exception), n = %d runs.", sweep.runs().size()),
            NamedColumns.queried(GridCell.COUNTS_SQL, OutcomeCounts.class, rows),
            sheet));
  }

  private static void draw(XYPlot plot, List<List<OutcomeCounts>> cells) {
    CategoryTableXYDataset counts = new CategoryTableXYDataset();
    for (int place = 0; place < cells.size(); place++) {
      for (OutcomeCounts cell : cells.get(place)) {
        for (Map.Entry<String, Long> outcome : cell.byName()) {
          counts.add(place, outcome.getValue(), outcome.getKey());
        }
      }
    }
    counts.setIntervalWidth(0.6);
    Charts.add(plot, counts, bars());
  }

  private static StackedXYBarRenderer bars() {
    StackedXYBarRenderer bars = new StackedXYBarRenderer();
    bars.setBarPainter(new StandardXYBarPainter());
    bars.setShadowVisible(false);
    for (int s = 0; s < COLOURS.size(); s++) {
      bars.setSeriesPaint(s, Charts.colour(COLOURS.get(s)));
    }
    return bars;
  }
}
