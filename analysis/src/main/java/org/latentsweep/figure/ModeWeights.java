package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.latentsweep.cell.Cell;
import org.latentsweep.cell.ReportTable;
import org.latentsweep.cell.SweepTables;
import org.latentsweep.target.Mode;
import org.latentsweep.target.TargetDistribution;

/** The share of a run's samples at each mode of a mixture, against the share that it should be. */
final class ModeWeights implements Figure {
  private static final int SAMPLES = 10_000;

  /** Standard deviations around a mode in which a sample is of it, as for the metrics. */
  private static final double LIMIT = 3;

  private static final String SQL =
      """
      SELECT r.target, r.latent_dim, r.config_hash, s.run_id, r.seed, mode,
        count(*) / first(total) AS weight, first(total) AS n
      FROM (
        SELECT run_id, step, %s AS mode, count(*) OVER (PARTITION BY run_id, step) AS total
        FROM samples WHERE target = '%s' AND i < %d AND step IN (%s)) s
      JOIN runs r ON r.run_id = s.run_id AND r.steps = s.step
      WHERE mode IS NOT NULL AND r.outcome = 'completed'
      GROUP BY r.target, r.latent_dim, r.config_hash, s.run_id, r.seed, mode
      ORDER BY r.latent_dim, r.config_hash, r.seed, mode
      """;

  @Override
  public List<DrawnFigure> of(SweepTables sweep) {
    List<DrawnFigure> figures = new ArrayList<>();
    sweep.byTarget().forEach((target, cells) -> figures.addAll(of(sweep, target, cells)));
    return figures;
  }

  private static List<DrawnFigure> of(SweepTables sweep, String name, List<Cell> cells) {
    TargetDistribution target = cells.get(0).distribution();
    if (target.modes().size() < 2) {
      return List.of();
    }
    String steps =
        sweep.runs().rows().stream()
            .filter(run -> sweep.runs().text(run, "target").equals(name))
            .map(run -> sweep.runs().text(run, "steps"))
            .distinct()
            .collect(Collectors.joining(", "));
    ReportTable table = sweep.query(SQL.formatted(modeOf(target), name, SAMPLES, steps));
    if (table.isEmpty()) {
      return List.of();
    }
    List<JFreeChart> panels = new ArrayList<>();
    for (Cell cell : cells) {
      List<List<Object>> rows =
          table.rows().stream()
              .filter(row -> table.text(row, "config_hash").equals(cell.configHash()))
              .toList();
      panels.add(panel(table, rows, target, cell));
    }
    return List.of(
        new DrawnFigure(
            "mode-weights",
            name,
            "What each mode of " + name + " gets",
            ("Share of a run's samples, the first n = %,d, within %.0f standard deviations of each"
                    + " mode; a line is a run. Dashes: the share of the target's own samples.")
                .formatted(n(table), LIMIT),
            table,
            new Sheet(Math.min(5, panels.size()), 240, 240, panels)));
  }

  private static long n(ReportTable table) {
    return table.rows().stream().mapToLong(row -> (long) table.value(row, "n")).max().orElse(0);
  }

  /** An SQL expression for the mode that a sample is of; null where it is of none. */
  private static String modeOf(TargetDistribution target) {
    List<Mode> modes = target.modes();
    return IntStream.range(0, modes.size())
        .mapToObj(m -> "WHEN " + near(modes.get(m)) + " THEN " + m)
        .collect(Collectors.joining(" ", "CASE ", " END"));
  }

  private static String near(Mode mode) {
    String x = "(x - %s) * (x - %<s)".formatted(mode.centre().get(0));
    String y =
        mode.centre().size() < 2 ? "" : " + (y - %s) * (y - %<s)".formatted(mode.centre().get(1));
    double reach = LIMIT * mode.standardDeviation();
    return x + y + " <= " + reach * reach;
  }

  private static JFreeChart panel(
      ReportTable table, List<List<Object>> rows, TargetDistribution target, Cell cell) {
    int modes = target.modes().size();
    double most =
        Math.max(
            2.0 / modes, rows.stream().mapToDouble(r -> table.number(r, "weight")).max().orElse(0));
    XYPlot plot =
        Charts.plot(
            Charts.axis("mode (number)", -0.5, modes - 0.5),
            Charts.axis("share of samples", 0, 1.08 * most));
    List<XYSeries> runs = new ArrayList<>();
    Map<String, List<List<Object>>> byRun =
        rows.stream().collect(Collectors.groupingBy(row -> table.text(row, "run_id")));
    byRun.forEach(
        (run, weights) -> {
          XYSeries line = Charts.series(run);
          double[] shares = new double[modes];
          weights.forEach(row -> shares[table.whole(row, "mode")] = table.number(row, "weight"));
          IntStream.range(0, modes).forEach(m -> line.add(m, shares[m]));
          runs.add(line);
        });
    XYSeries truth = Charts.series("target");
    double inside = 1 - Math.exp(-0.5 * LIMIT * LIMIT); // of a normal in two dimensions
    IntStream.range(0, modes).forEach(m -> truth.add(m, target.modes().get(m).weight() * inside));
    XYLineAndShapeRenderer lines = Charts.lines();
    for (int i = 0; i < runs.size(); i++) {
      lines.setSeriesPaint(i, Charts.transparent(Charts.colour(0), 140));
    }
    Charts.add(plot, Charts.collection(List.of(truth)), Charts.dashes());
    Charts.add(plot, Charts.collection(runs), lines);
    return Charts.chart("%s (%d runs)".formatted(cell.labelInTarget(), byRun.size()), plot, false);
  }
}
