package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.latentsweep.cell.GridCell;
import org.latentsweep.cell.HeadlineBandwidth;
import org.latentsweep.cell.OfCell;
import org.latentsweep.cell.Ranking;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.table.NamedColumns;

/** The divergence of the snapshots, by which cells are ranked: the divergence during training. */
final class KlByStep implements Figure {
  private static final String SQL =
      """
      SELECT r.target, r.latent_dim, r.config_hash, m.step, count(*) AS runs,
        percentile(m.value, 0.5) AS median, min(m.value) AS min, max(m.value) AS max,
        max(m.n) AS n
      FROM metrics m JOIN runs r ON r.run_id = m.run_id
      WHERE %s
      GROUP BY r.target, r.latent_dim, r.config_hash, m.step
      ORDER BY r.target, r.latent_dim, r.config_hash, m.step
      """;

  /** The divergences of a cell's runs after one step. */
  private record DivergenceAtStep(
      String target,
      int latentDim,
      String configHash,
      int step,
      long runs,
      double median,
      double min,
      double max,
      long n)
      implements OfCell {}

  @Override
  public List<DrawnFigure> of(SweepQueries sweep) {
    String metric = sweep.ranking();
    String sql =
        String.format(Locale.ROOT, SQL, HeadlineBandwidth.measured("m", metric, "r.target"));
    List<DivergenceAtStep> rows = sweep.query(sql, DivergenceAtStep.class);
    Map<String, List<DivergenceAtStep>> byCell = OfCell.group(rows);
    if (sweep.cells().stream().noneMatch(cell -> hasSnapshots(sweep, cell, byCell))) {
      return List.of();
    }
    List<JFreeChart> panels = new ArrayList<>();
    for (List<GridCell> ofTarget : sweep.byTarget().values()) {
      if (ofTarget.stream().anyMatch(cell -> byCell.containsKey(cell.configHash()))) {
        SweepQueries.byPanel(ofTarget)
            .values()
            .forEach(cells -> panels.add(panel(metric, byCell, ofTarget, cells)));
      }
    }
    return List.of(
        new DrawnFigure(
            "kl-by-step",
            "",
            "The divergence in training",
            String.format(
                    Locale.ROOT,
                    "The %s in nats of the snapshots of each run: median over a cell's seeds, and band from",
                    Ranking.label(metric))
                + String.format(
                    Locale.ROOT, " the smallest to the largest; n = %d runs.", sweep.runs().size()),
            NamedColumns.queried(sql, DivergenceAtStep.class, rows),
            new Sheet(Math.min(3, panels.size()), 360, 340, panels)));
  }

  /** Returns whether a cell with a completed run was measured after a step before the last. */
  private static boolean hasSnapshots(
      SweepQueries sweep, GridCell cell, Map<String, List<DivergenceAtStep>> byCell) {
    return sweep.shownRun(cell).stream()
        .anyMatch(run -> rows(byCell, cell).stream().anyMatch(row -> row.step() != run.steps()));
  }

  private static List<DivergenceAtStep> rows(
      Map<String, List<DivergenceAtStep>> byCell, GridCell cell) {
    return byCell.getOrDefault(cell.configHash(), List.of());
  }

  /** All cells of a target share an axis; the panel shows some of them. */
  private static JFreeChart panel(
      String metric,
      Map<String, List<DivergenceAtStep>> byCell,
      List<GridCell> ofTarget,
      List<GridCell> shown) {
    XYPlot plot =
        Charts.plot(
            Charts.axis("training step"),
            KlByLatentDimension.axis(
                metric,
                ofTarget.stream()
                    .flatMap(cell -> rows(byCell, cell).stream())
                    .flatMapToDouble(row -> DoubleStream.of(row.min(), row.median(), row.max()))));
    ValueAxis y = plot.getRangeAxis();
    YIntervalSeriesCollection bands = new YIntervalSeriesCollection();
    for (GridCell cell : shown) {
      YIntervalSeries band = new YIntervalSeries(cell.labelInPanel(), false, true);
      for (DivergenceAtStep row : rows(byCell, cell)) { // by step, as the query sorts them
        band.add(
            row.step(),
            KlByLatentDimension.clamped(y, row.median()),
            KlByLatentDimension.clamped(y, row.min()),
            KlByLatentDimension.clamped(y, row.max()));
      }
      bands.addSeries(band);
    }
    Charts.add(plot, bands, Charts.bands());
    return Charts.chart(shown.get(0).panel(), plot, true);
  }
}
