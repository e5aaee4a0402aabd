package org.latentsweep.figure;

import java.util.List;
import org.latentsweep.cell.ReportTable;
import org.latentsweep.cell.SweepTables;

/** How far apart the seeds of a cell end: each run's KL_h over the median of its cell. */
final class SeedSpread implements Figure {
  private static final String SQL =
      """
      SELECT target, latent_dim, config_hash, run_id, seed, kl_forward,
        kl_forward / percentile(kl_forward, 0.5) OVER (PARTITION BY config_hash) AS over_median
      FROM (%s) WHERE kl_forward > 0
      ORDER BY target, latent_dim, config_hash, seed
      """;

  @Override
  public List<DrawnFigure> of(SweepTables sweep) {
    ReportTable table = sweep.query(SQL.formatted(sweep.runs().sql().orElseThrow()));
    if (table.rows().size() == sweep.cells().size() || table.isEmpty()) {
      return List.of(); // one seed of each cell has no spread
    }
    Sheet sheet =
        new CellPanels(sweep, table)
            .sheet(
                rows ->
                    Charts.ratioAxis(
                        "KL_h over its cell's median (ratio)", low(table), high(table)),
                false,
                CellPanels.dots(table, "over_median"));
    return List.of(
        new DrawnFigure(
            "seed-spread",
            "",
            "How much the seed decides",
            "Each run's KL_h forward over the median of its cell (ratio, no unit); one dot is one"
                + " seed, n = %d runs with a divergence above 0.".formatted(table.rows().size()),
            table,
            sheet));
  }

  private static double low(ReportTable table) {
    return Math.min(0.5, 0.9 * ratios(table).min().orElse(1));
  }

  private static double high(ReportTable table) {
    return Math.max(2, 1.1 * ratios(table).max().orElse(1));
  }

  private static java.util.stream.DoubleStream ratios(ReportTable table) {
    return table.rows().stream().mapToDouble(row -> table.number(row, "over_median"));
  }
}
