package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.latentsweep.cell.GridCell;
import org.latentsweep.cell.SweepQueries;

/**
 * The samples of one run of each cell over samples of the target: a row for each target and each
 * variant of it.
 */
final class SampleClouds implements Figure {
  /** Chosen by judgement: enough to show the density, few enough to show single points. */
  static final int SAMPLES = 5_000;

  private static final int PANEL = 210; // chosen by judgement: many cells fit side by side
  private static final int MAX_CELLS = Sheet.MAX_PANELS;

  @Override
  public List<DrawnFigure> of(SweepQueries sweep) {
    Map<String, List<GridCell>> rows = SweepQueries.byPanel(sweep.cells());
    rows.values().removeIf(cells -> cells.get(0).distribution().dimensions() != 2);
    int columns = rows.values().stream().mapToInt(List::size).max().orElse(0);
    if (columns == 0 || columns * rows.size() > MAX_CELLS) {
      return List.of();
    }
    RunSamples samples =
        RunSamples.ofLastSteps(
            sweep, rows.values().stream().flatMap(List::stream).toList(), SAMPLES);
    if (samples.isEmpty()) {
      return List.of();
    }
    List<JFreeChart> panels = new ArrayList<>();
    for (List<GridCell> cells : rows.values()) {
      float[] truth = Sampled.target(cells.get(0).distribution(), SAMPLES);
      for (int c = 0; c < columns; c++) {
        panels.add(c < cells.size() ? panel(sweep, cells.get(c), samples, truth) : null);
      }
    }
    return List.of(
        new DrawnFigure(
            "sample-clouds",
            "",
            "What the generators draw",
            String.format(
                Locale.ROOT,
                "Samples of one run of each cell, that of the median divergence (blue), over samples of the"
                    + " target (grey); n = %,d each, both axes in the target's units.",
                SAMPLES),
            samples.table(),
            new Sheet(columns, PANEL, PANEL + 20, panels)));
  }

  private static JFreeChart panel(
      SweepQueries sweep, GridCell cell, RunSamples samples, float[] truth) {
    double s = cell.distribution().drawnHalfWidth();
    Raster raster = new Raster(2 * PANEL, s);
    raster.dots(truth, Charts.transparent(Charts.REFERENCE, 110));
    sweep
        .shownRun(cell)
        .map(run -> samples.of(run.runId()))
        .filter(sets -> !sets.isEmpty())
        .map(sets -> sets.get(sets.lastKey()))
        .ifPresent(points -> raster.dots(points, Charts.transparent(Charts.colour(0), 150)));
    return square(
        String.format(Locale.ROOT, "%s, %s", cell.target(), cell.labelInTarget()), raster, s);
  }

  /** Returns a panel that shows the square [-s, s]^2 of a sample space. */
  static JFreeChart square(String title, Raster raster, double s) {
    XYPlot plot = Charts.plot(Charts.axis("x", -s, s), Charts.axis("y", -s, s));
    Charts.setImage(plot, raster.image(), s);
    return Charts.chart(title, plot, false);
  }
}
