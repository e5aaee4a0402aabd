package org.latentsweep.figure;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.latentsweep.cell.MeasuredRun;
import org.latentsweep.cell.OfCell;
import org.latentsweep.cell.Ranking;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.run.RunId;
import org.latentsweep.table.NamedColumns;

/** How much the seeds of a cell differ: each run's divergence over the median of its cell. */
final class SeedSpread implements Figure {
  private static final String SQL =
      """
      SELECT target, latent_dim, config_hash, run_id, seed, %1$s AS divergence,
        %1$s / percentile(%1$s, 0.5) OVER (PARTITION BY config_hash) AS over_median
      FROM (%2$s) WHERE %1$s > 0
      ORDER BY target, latent_dim, config_hash, seed
      """;

  /** A run's divergence over the median of its cell. */
  private record RatioToMedian(
      String target,
      int latentDim,
      String configHash,
      RunId runId,
      long seed,
      double divergence,
      double overMedian)
      implements OfCell {}

  @Override
  public List<DrawnFigure> of(SweepQueries sweep) {
    String sql = String.format(Locale.ROOT, SQL, sweep.ranking(), MeasuredRun.SQL.strip());
    List<RatioToMedian> rows = sweep.query(sql, RatioToMedian.class);
    if (rows.size() == sweep.cells().size() || rows.isEmpty()) {
      return List.of(); // with one seed in each cell there is no spread
    }
    double low = Math.min(0.5, 0.9 * ratios(rows).min().orElse(1));
    double high = Math.max(2, 1.1 * ratios(rows).max().orElse(1));
    String label = Ranking.label(sweep.ranking());
    Sheet sheet =
        new CellPanels<>(sweep, rows)
            .sheet(
                ofTarget -> Charts.ratioAxis(label + " over its cell's median (ratio)", low, high),
                false,
                CellPanels.dots("over_median", RatioToMedian::overMedian));
    return List.of(
        new DrawnFigure(
            "seed-spread",
            "",
            "How much the seed decides",
            String.format(
                    Locale.ROOT,
                    "Each run's %s over the median of its cell (ratio, no unit); one dot is one seed, n = %d",
                    label,
                    rows.size())
                + " runs with a divergence above 0.",
            NamedColumns.queried(sql, RatioToMedian.class, rows),
            sheet));
  }

  private static DoubleStream ratios(List<RatioToMedian> rows) {
    return rows.stream().mapToDouble(RatioToMedian::overMedian);
  }
}
