package org.latentsweep.figure;

import static org.latentsweep.coverage.ModeMetrics.HIGH_QUALITY_LIMIT;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.latentsweep.cell.GridCell;
import org.latentsweep.cell.MeasuredRun;
import org.latentsweep.cell.OfCell;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.coverage.ModeMetrics;
import org.latentsweep.run.RunId;
import org.latentsweep.table.NamedColumns;
import org.latentsweep.target.Mode;
import org.latentsweep.target.TargetDistribution;

/** The share of a run's samples at each mode of a mixture, beside the share of the target's own. */
final class ModeWeights implements Figure {
  /** Chosen by judgement: the standard error of a share is then at most half a per cent. */
  private static final int SAMPLES = 10_000;

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

  /** The share of a run's samples at a mode. */
  private record ModeWeight(
      String target,
      int latentDim,
      String configHash,
      RunId runId,
      long seed,
      int mode,
      double weight,
      long n)
      implements OfCell {}

  @Override
  public List<DrawnFigure> of(SweepQueries sweep) {
    return sweep.byTarget().values().stream().flatMap(cells -> of(sweep, cells).stream()).toList();
  }

  private static Optional<DrawnFigure> of(SweepQueries sweep, List<GridCell> cells) {
    TargetDistribution target = cells.get(0).distribution();
    if (target.modes().size() < 2) {
      return Optional.empty();
    }
    String steps =
        sweep.runs().stream()
            .filter(run -> run.target().equals(target.name()))
            .map(MeasuredRun::steps)
            .distinct()
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    String sql =
        String.format(Locale.ROOT, SQL, modeOf(target.modes()), target.name(), SAMPLES, steps);
    List<ModeWeight> rows = sweep.query(sql, ModeWeight.class);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<ModeWeight>> byCell = OfCell.group(rows);
    List<JFreeChart> panels =
        cells.stream()
            .map(cell -> panel(byCell.getOrDefault(cell.configHash(), List.of()), target, cell))
            .toList();
    return Optional.of(
        new DrawnFigure(
            "mode-weights",
            target.name(),
            "What each mode of " + target.name() + " gets",
            String.format(
                Locale.ROOT,
                "Share of a run's samples, the first n = %,d, within %.0f standard deviations of each"
                    + " mode; a line is a run. Dashes: the share of the target's own samples.",
                rows.stream().mapToLong(ModeWeight::n).max().orElseThrow(),
                HIGH_QUALITY_LIMIT),
            NamedColumns.queried(sql, ModeWeight.class, rows),
            new Sheet(Math.min(5, panels.size()), 240, 240, panels)));
  }

  /**
   * Returns an SQL expression for the mode that a sample (x, y) is at, null if it is at none. The
   * rule is that of {@link ModeMetrics} for samples of high quality: the nearest mode in the modes'
   * standard deviations, if it is within the limit.
   */
  static String modeOf(List<Mode> modes) {
    String distances =
        modes.stream()
            .map(ModeWeights::squaredDistance)
            .collect(Collectors.joining(", ", "array(", ")"));
    return String.format(
        Locale.ROOT,
        "CASE WHEN array_min(%1$s) <= %2$sD THEN CAST(array_position(%1$s, array_min(%1$s)) - 1 AS INT) END",
        distances,
        HIGH_QUALITY_LIMIT * HIGH_QUALITY_LIMIT);
  }

  private static String squaredDistance(Mode mode) {
    String x = String.format(Locale.ROOT, "(x - %sD) * (x - %<sD)", mode.centre().get(0));
    String y =
        mode.centre().size() < 2
            ? ""
            : String.format(Locale.ROOT, " + (y - %sD) * (y - %<sD)", mode.centre().get(1));
    return String.format(Locale.ROOT, "(%s) * %sD", x + y, Math.pow(mode.standardDeviation(), -2));
  }

  private static JFreeChart panel(List<ModeWeight> rows, TargetDistribution target, GridCell cell) {
    int modes = target.modes().size();
    double max = rows.stream().mapToDouble(ModeWeight::weight).max().orElse(0);
    XYPlot plot =
        Charts.plot(
            Charts.axis("mode (number)", -0.5, modes - 0.5),
            Charts.axis("share of samples", 0, 1.08 * Math.max(2.0 / modes, max)));
    List<XYSeries> runs = new ArrayList<>();
    rows.stream()
        .collect(Collectors.groupingBy(ModeWeight::runId))
        .forEach((run, weights) -> runs.add(line(run, weights, modes)));
    XYLineAndShapeRenderer lines = Charts.lines();
    for (int i = 0; i < runs.size(); i++) {
      lines.setSeriesPaint(i, Charts.transparent(Charts.colour(0), 140));
    }
    Charts.add(plot, Charts.collection(List.of(truth(target))), Charts.dashes());
    Charts.add(plot, Charts.collection(runs), lines);
    return Charts.chart(
        String.format(Locale.ROOT, "%s (%d runs)", cell.labelInTarget(), runs.size()), plot, false);
  }

  private static XYSeries line(RunId run, List<ModeWeight> weights, int modes) {
    double[] shares = new double[modes];
    weights.forEach(row -> shares[row.mode()] = row.weight());
    XYSeries line = Charts.series(run.hex());
    IntStream.range(0, modes).forEach(m -> line.add(m, shares[m]));
    return line;
  }

  /** Returns the share of the target's own samples at each mode. */
  static XYSeries truth(TargetDistribution target) {
    XYSeries truth = Charts.series("target");
    List<Mode> modes = target.modes();
    double share = ModeMetrics.highQualityShare(target.dimensions());
    IntStream.range(0, modes.size()).forEach(m -> truth.add(m, modes.get(m).weight() * share));
    return truth;
  }
}
