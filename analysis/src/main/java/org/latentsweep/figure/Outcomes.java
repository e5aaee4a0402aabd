package org.latentsweep.figure;

import java.util.List;
import org.jfree.chart.renderer.xy.StackedXYBarRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.data.xy.CategoryTableXYDataset;
import org.latentsweep.cell.ReportTable;
import org.latentsweep.cell.SweepTables;

/** How the runs of each cell ended. */
final class Outcomes implements Figure {
  private static final List<String> OUTCOMES = List.of("completed", "diverged", "failed");

  private static final String SQL =
      """
      SELECT target, latent_dim, config_hash, count(*) AS runs,
        count_if(outcome = 'completed') AS completed, count_if(outcome = 'diverged') AS diverged,
        count_if(outcome = 'failed') AS failed
      FROM runs GROUP BY target, latent_dim, config_hash
      ORDER BY target, latent_dim, config_hash
      """;

  @Override
  public List<DrawnFigure> of(SweepTables sweep) {
    ReportTable table = sweep.query(SQL);
    if (table.isEmpty()) {
      return List.of();
    }
    double most = max(table, "runs");
    Sheet sheet =
        new CellPanels(sweep, table)
            .sheet(
                rows -> Charts.counts("runs (count)", 1.08 * most),
                true,
                (plot, cells) -> {
                  CategoryTableXYDataset counts = new CategoryTableXYDataset();
                  for (int place = 0; place < cells.size(); place++) {
                    for (List<Object> cell : cells.get(place)) {
                      for (String outcome : OUTCOMES) {
                        counts.add(place, table.number(cell, outcome), outcome);
                      }
                    }
                  }
                  counts.setIntervalWidth(0.6);
                  Charts.add(plot, counts, bars());
                });
    long total = sweep.runs().rows().size();
    return List.of(
        new DrawnFigure(
            "outcomes",
            "",
            "How the runs ended",
            "Runs of each cell that completed, diverged (a loss or weight became non-finite) or"
                + " failed (an exception), n = %d runs.".formatted(total),
            table,
            sheet));
  }

  private static StackedXYBarRenderer bars() {
    StackedXYBarRenderer bars = new StackedXYBarRenderer();
    bars.setBarPainter(new StandardXYBarPainter());
    bars.setShadowVisible(false);
    for (int s = 0; s < OUTCOMES.size(); s++) {
      bars.setSeriesPaint(s, Charts.colour(s == 0 ? 5 : s == 1 ? 4 : 1));
    }
    return bars;
  }

  private static double max(ReportTable table, String column) {
    return table.rows().stream().mapToDouble(row -> table.number(row, column)).max().orElse(1);
  }
}
