package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.latentsweep.cell.Cell;
import org.latentsweep.cell.ReportTable;
import org.latentsweep.cell.SweepTables;

/** Losses and accuracies by training step. */
final class Histories implements Figure {
  private static final int BINS = 150;
  private static final int MOST_RUNS = 300; // 9 million rows, at the length of the published study

  private static final Map<String, String> LABELS =
      Map.of(
          "d_loss", "discriminator loss (nats)",
          "g_loss", "generator loss (nats)",
          "d_accuracy", "discriminator accuracy (share)",
          "g_accuracy", "generator accuracy (share)");

  private static final List<String> SHOWN = List.of("d_loss", "g_loss", "d_accuracy", "g_accuracy");

  private static final String SQL =
      """
      SELECT target, latent_dim, config_hash, step, count(*) AS runs, %s
      FROM (
        SELECT r.target, r.latent_dim, r.config_hash, h.run_id,
          %d * div(h.step - 1, %<d) + div(%<d + 1, 2) AS step, %s
        FROM history h JOIN runs r ON r.run_id = h.run_id
        WHERE h.run_id IN (%s)
        GROUP BY ALL)
      GROUP BY target, latent_dim, config_hash, step
      ORDER BY target, latent_dim, config_hash, step
      """;

  @Override
  public List<DrawnFigure> of(SweepTables sweep) {
    ReportTable runs = sweep.runs();
    List<List<Object>> chosen = chosen(sweep);
    int steps = chosen.stream().mapToInt(run -> runs.whole(run, "steps")).max().orElse(0);
    if (steps == 0) {
      return List.of();
    }
    int width = Math.max(1, steps / BINS);
    ReportTable table =
        sweep.query(
            SQL.formatted(
                SHOWN.stream()
                    .map(
                        c ->
                            "percentile(%1$s, 0.5) AS %1$s, min(%1$s) AS %1$s_least, max(%1$s) AS %1$s_most"
                                .formatted(c))
                    .collect(Collectors.joining(", ")),
                width,
                SHOWN.stream()
                    .map(c -> "avg(h.%1$s) AS %1$s".formatted(c))
                    .collect(Collectors.joining(", ")),
                SweepTables.list(chosen.stream().map(run -> runs.text(run, "run_id")).toList())));
    if (table.isEmpty()) {
      return List.of();
    }
    return sweep.byTarget().entrySet().stream()
        .flatMap(target -> figure(table, target.getKey(), target.getValue(), width, chosen.size()))
        .toList();
  }

  /** All runs, or as many of each cell as there is room for. */
  private static List<List<Object>> chosen(SweepTables sweep) {
    ReportTable runs = sweep.runs();
    int ofCell = Math.max(1, MOST_RUNS / Math.max(1, sweep.cells().size()));
    return runs.rows().stream()
        .collect(Collectors.groupingBy(run -> runs.text(run, "config_hash")))
        .values()
        .stream()
        .flatMap(cell -> cell.stream().limit(ofCell))
        .limit(MOST_RUNS)
        .toList();
  }

  private static Stream<DrawnFigure> figure(
      ReportTable table, String target, List<Cell> cells, int width, int runs) {
    List<List<Object>> rows =
        table.rows().stream().filter(row -> table.text(row, "target").equals(target)).toList();
    if (rows.isEmpty()) {
      return Stream.empty();
    }
    List<JFreeChart> panels = new ArrayList<>();
    SweepTables.byPanel(cells)
        .values()
        .forEach(
            ofPanel -> SHOWN.forEach(column -> panels.add(panel(table, rows, ofPanel, column))));
    return Stream.of(
        new DrawnFigure(
            "history",
            target,
            "Losses and accuracies: " + target,
            ("Each run's means over windows of %d steps: median over a cell's seeds, and band from"
                    + " the least to the most; n = %d runs of the sweep. Losses are binary cross-entropies in"
                    + " nats; accuracies are shares of a batch that the discriminator judges as the"
                    + " label says.")
                .formatted(width, runs),
            new ReportTable(table.columns(), rows, table.sql()),
            new Sheet(2, 420, 280, panels)));
  }

  private static JFreeChart panel(
      ReportTable table, List<List<Object>> rows, List<Cell> cells, String column) {
    XYPlot plot = Charts.plot(Charts.axis("training step"), Charts.axis(LABELS.get(column)));
    YIntervalSeriesCollection bands = new YIntervalSeriesCollection();
    Map<String, List<List<Object>>> byCell =
        rows.stream().collect(Collectors.groupingBy(row -> table.text(row, "config_hash")));
    for (Cell cell : cells) {
      YIntervalSeries band = new YIntervalSeries(cell.labelInPanel(), false, true);
      for (List<Object> row : byCell.getOrDefault(cell.configHash(), List.of())) {
        band.add(
            table.whole(row, "step"),
            table.number(row, column),
            table.number(row, column + "_least"),
            table.number(row, column + "_most"));
      }
      bands.addSeries(band);
    }
    Charts.add(plot, bands, Charts.bands());
    String variant = cells.get(0).variant();
    String title = LABELS.get(column) + (variant.isEmpty() ? "" : ", " + variant);
    return Charts.chart(title, plot, column.endsWith("accuracy"));
  }
}
