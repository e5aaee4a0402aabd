package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.latentsweep.cell.GridCell;
import org.latentsweep.cell.MeasuredRun;
import org.latentsweep.cell.OfCell;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.network.Loss;
import org.latentsweep.table.NamedColumns;

/** Losses and accuracies by training step. */
final class Histories implements Figure {
  private static final int WINDOWS = 150; // of steps, chosen by judgement: about two pixels each

  /**
   * Chosen by judgement, to bound the time of the query: at the length of the published study, 300
   * runs have 9 million rows.
   */
  private static final int MAX_RUNS = 300;

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

  /** The history of a cell's runs in one window of steps. */
  private record HistoryWindow(
      String target,
      int latentDim,
      String configHash,
      long step,
      long runs,
      double dLoss,
      double dLossMin,
      double dLossMax,
      double gLoss,
      double gLossMin,
      double gLossMax,
      double dAccuracy,
      double dAccuracyMin,
      double dAccuracyMax,
      double gAccuracy,
      double gAccuracyMin,
      double gAccuracyMax)
      implements OfCell {}

  /** A number over a cell's seeds. */
  private record Spread(double median, double min, double max) {}

  /** A column of the history, which has a panel. */
  private enum Shown {
    D_LOSS("d_loss", "discriminator loss") {
      @Override
      Spread of(HistoryWindow w) {
        return new Spread(w.dLoss(), w.dLossMin(), w.dLossMax());
      }
    },
    G_LOSS("g_loss", "generator loss") {
      @Override
      Spread of(HistoryWindow w) {
        return new Spread(w.gLoss(), w.gLossMin(), w.gLossMax());
      }
    },
    D_ACCURACY("d_accuracy", "discriminator accuracy (share)") {
      @Override
      Spread of(HistoryWindow w) {
        return new Spread(w.dAccuracy(), w.dAccuracyMin(), w.dAccuracyMax());
      }
    },
    G_ACCURACY("g_accuracy", "generator accuracy (share)") {
      @Override
      Spread of(HistoryWindow w) {
        return new Spread(w.gAccuracy(), w.gAccuracyMin(), w.gAccuracyMax());
      }
    };

    private final String column;
    private final String label;

    Shown(String column, String label) {
      this.column = column;
      this.label = label;
    }

    abstract Spread of(HistoryWindow window);

    String overSeeds() {
      return String.format(
          Locale.ROOT,
          "percentile(%1$s, 0.5) AS %1$s, min(%1$s) AS %1$s_min, max(%1$s) AS %1$s_max",
          column);
    }

    String inWindow() {
      return String.format(Locale.ROOT, "avg(h.%1$s) AS %1$s", column);
    }
  }

  @Override
  public List<DrawnFigure> of(SweepQueries sweep) {
    List<MeasuredRun> chosen = chosen(sweep);
    int steps = chosen.stream().mapToInt(MeasuredRun::steps).max().orElse(0);
    if (steps == 0) {
      return List.of();
    }
    int width = Math.max(1, steps / WINDOWS);
    String sql =
        String.format(
            Locale.ROOT,
            SQL,
            columns(Shown::overSeeds),
            width,
            columns(Shown::inWindow),
            SweepQueries.list(chosen.stream().map(MeasuredRun::runId).toList()));
    List<HistoryWindow> windows = sweep.query(sql, HistoryWindow.class);
    String how =
        String.format(
            Locale.ROOT,
            "Each run's means over windows of %d steps: median over a cell's seeds, and band from the"
                + " smallest to the largest; n = %d runs of the sweep.",
            width,
            chosen.size());
    return sweep.byTarget().values().stream()
        .flatMap(cells -> figure(cells, sql, windows, how).stream())
        .toList();
  }

  /** Returns all runs, or as many of each cell as there is room for. */
  private static List<MeasuredRun> chosen(SweepQueries sweep) {
    int ofCell = Math.max(1, MAX_RUNS / Math.max(1, sweep.cells().size()));
    return sweep.runs().stream()
        .collect(Collectors.groupingBy(MeasuredRun::configHash))
        .values()
        .stream()
        .flatMap(runs -> runs.stream().limit(ofCell))
        .limit(MAX_RUNS)
        .toList();
  }

  private static String columns(Function<Shown, String> sql) {
    return Arrays.stream(Shown.values()).map(sql).collect(Collectors.joining(", "));
  }

  private static Optional<DrawnFigure> figure(
      List<GridCell> cells, String sql, List<HistoryWindow> windows, String how) {
    String target = cells.get(0).target();
    List<HistoryWindow> rows =
        windows.stream().filter(window -> window.target().equals(target)).toList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<HistoryWindow>> byCell = OfCell.group(rows);
    List<JFreeChart> panels = new ArrayList<>();
    for (List<GridCell> ofPanel : SweepQueries.byPanel(cells).values()) {
      for (Shown shown : Shown.values()) {
        panels.add(panel(byCell, ofPanel, shown));
      }
    }
    return Optional.of(
        new DrawnFigure(
            "history",
            target,
            "Losses and accuracies: " + target,
            String.format(
                Locale.ROOT,
                "%s Losses are %s; accuracies are shares of a batch that the discriminator judges as the label says.",
                how,
                losses(cells)),
            NamedColumns.queried(sql, HistoryWindow.class, rows),
            new Sheet(2, 420, 280, panels)));
  }

  /** Says what the losses of cells are, and their unit if they have one. */
  static String losses(List<GridCell> cells) {
    return cells.stream()
        .map(GridCell::loss)
        .sorted()
        .map(Loss::description)
        .distinct()
        .collect(Collectors.joining(", and "));
  }

  private static JFreeChart panel(
      Map<String, List<HistoryWindow>> byCell, List<GridCell> cells, Shown shown) {
    XYPlot plot = Charts.plot(Charts.axis("training step"), Charts.axis(shown.label));
    YIntervalSeriesCollection bands = new YIntervalSeriesCollection();
    for (GridCell cell : cells) {
      YIntervalSeries band = new YIntervalSeries(cell.labelInPanel(), false, true);
      for (HistoryWindow window : byCell.getOrDefault(cell.configHash(), List.of())) {
        Spread spread = shown.of(window);
        band.add(window.step(), spread.median(), spread.min(), spread.max());
      }
      bands.addSeries(band);
    }
    Charts.add(plot, bands, Charts.bands());
    String variant = cells.get(0).variant();
    String title = shown.label + (variant.isEmpty() ? "" : ", " + variant);
    boolean legend = shown == Shown.D_ACCURACY || shown == Shown.G_ACCURACY;
    return Charts.chart(title, plot, legend);
  }
}
