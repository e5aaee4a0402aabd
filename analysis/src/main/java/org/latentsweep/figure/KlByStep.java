package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.latentsweep.cell.Cell;
import org.latentsweep.cell.HeadlineBandwidth;
import org.latentsweep.cell.ReportTable;
import org.latentsweep.cell.SweepTables;

/** KL_h of the snapshots: the divergence while the networks train. */
final class KlByStep implements Figure {
  private static final String SQL =
      """
      SELECT r.target, r.latent_dim, r.config_hash, m.step, count(*) AS runs,
        percentile(m.value, 0.5) AS median, min(m.value) AS least, max(m.value) AS most,
        max(m.n) AS n
      FROM metrics m JOIN runs r ON r.run_id = m.run_id
      WHERE m.metric = 'kl_forward' AND m.outcome = 'measured'
        AND round(m.bandwidth / %s, 6) = 1
      GROUP BY r.target, r.latent_dim, r.config_hash, m.step
      ORDER BY r.target, r.latent_dim, r.config_hash, m.step
      """
          .formatted(HeadlineBandwidth.sql("r.target"));

  @Override
  public List<DrawnFigure> of(SweepTables sweep) {
    ReportTable table = sweep.query(SQL);
    if (table.rows().stream().noneMatch(row -> isSnapshot(sweep, table, row))) {
      return List.of();
    }
    List<JFreeChart> panels = new ArrayList<>();
    sweep
        .byTarget()
        .forEach(
            (target, ofTarget) -> {
              List<List<Object>> rows =
                  table.rows().stream()
                      .filter(row -> table.text(row, "target").equals(target))
                      .toList();
              if (!rows.isEmpty()) {
                SweepTables.byPanel(ofTarget)
                    .values()
                    .forEach(cells -> panels.add(panel(table, rows, cells)));
              }
            });
    return List.of(
        new DrawnFigure(
            "kl-by-step",
            "",
            "The divergence in training",
            "KL_h forward in nats of the snapshots of each run: median over a cell's seeds, and"
                + " band from the least to the most; n = %d runs."
                    .formatted(sweep.runs().rows().size()),
            table,
            new Sheet(Math.min(3, panels.size()), 360, 340, panels)));
  }

  private static boolean isSnapshot(SweepTables sweep, ReportTable table, List<Object> row) {
    return sweep.cells().stream()
        .filter(cell -> cell.configHash().equals(table.text(row, "config_hash")))
        .flatMap(cell -> cell.shown().stream())
        .anyMatch(run -> run.steps() != table.whole(row, "step"));
  }

  /** Of all rows of a target, which share an axis, those of some cells. */
  private static JFreeChart panel(ReportTable table, List<List<Object>> rows, List<Cell> cells) {
    XYPlot plot =
        Charts.plot(
            Charts.axis("training step"),
            KlByLatentDimension.axis(table, rows, List.of("least", "median", "most")));
    double low = plot.getRangeAxis().getLowerBound();
    YIntervalSeriesCollection bands = new YIntervalSeriesCollection();
    Map<String, List<List<Object>>> byCell =
        rows.stream().collect(Collectors.groupingBy(row -> table.text(row, "config_hash")));
    for (Cell cell : cells) {
      YIntervalSeries band = new YIntervalSeries(cell.labelInPanel(), false, true);
      SortedMap<Integer, List<Object>> bySteps = new TreeMap<>();
      byCell
          .getOrDefault(cell.configHash(), List.of())
          .forEach(row -> bySteps.put(table.whole(row, "step"), row));
      bySteps.forEach(
          (step, row) ->
              band.add(
                  step,
                  Math.max(low, table.number(row, "median")),
                  Math.max(low, table.number(row, "least")),
                  Math.max(low, table.number(row, "most"))));
      bands.addSeries(band);
    }
    Charts.add(plot, bands, Charts.bands());
    return Charts.chart(cells.get(0).panel(), plot, true);
  }
}
