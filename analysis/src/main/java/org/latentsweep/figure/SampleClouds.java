package org.latentsweep.figure;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.latentsweep.cell.Cell;
import org.latentsweep.cell.SweepTables;
import org.latentsweep.target.TargetDistribution;

/**
 * What a run of each cell draws, over true samples: a row for each target and each variant of it.
 */
final class SampleClouds implements Figure {
  static final int SAMPLES = 5_000;
  private static final int PANEL = 210;
  private static final int MOST_CELLS = 60;

  @Override
  public List<DrawnFigure> of(SweepTables sweep) {
    Map<String, List<Cell>> rows = SweepTables.byPanel(sweep.cells());
    rows.values().removeIf(cells -> cells.get(0).distribution().dimensions() != 2);
    int columns = rows.values().stream().mapToInt(List::size).max().orElse(0);
    if (columns == 0 || columns * rows.size() > MOST_CELLS) {
      return List.of();
    }
    RunSamples samples = RunSamples.read(sweep, lastSteps(rows.values()), SAMPLES);
    if (samples.table().isEmpty()) {
      return List.of();
    }
    List<JFreeChart> panels = new ArrayList<>();
    for (List<Cell> cells : rows.values()) {
      float[] truth = Sampled.target(cells.get(0).distribution(), SAMPLES);
      for (int c = 0; c < columns; c++) {
        panels.add(c < cells.size() ? panel(cells.get(c), samples, truth) : null);
      }
    }
    return List.of(
        new DrawnFigure(
            "sample-clouds",
            "",
            "What the generators draw",
            ("Samples of one run of each cell, that of median KL_h (blue), over samples of the"
                    + " target (grey); n = %,d each, both axes in the target's units.")
                .formatted(SAMPLES),
            samples.table(),
            new Sheet(columns, PANEL, PANEL + 20, panels)));
  }

  /** The last step of each cell's shown run. */
  static Map<String, Collection<Integer>> lastSteps(Collection<List<Cell>> rows) {
    Map<String, Collection<Integer>> steps = new HashMap<>();
    for (List<Cell> cells : rows) {
      cells.forEach(
          cell -> cell.shown().ifPresent(run -> steps.put(run.id(), List.of(run.steps()))));
    }
    return steps;
  }

  private static JFreeChart panel(Cell cell, RunSamples samples, float[] truth) {
    TargetDistribution target = cell.distribution();
    double s = target.drawnHalfWidth();
    Raster raster = new Raster(2 * PANEL, s);
    raster.dots(truth, Charts.transparent(Charts.REFERENCE, 110));
    cell.shown()
        .map(run -> samples.of(run.id()))
        .filter(sets -> !sets.isEmpty())
        .map(SortedMap::lastKey)
        .ifPresent(
            step -> {
              Color colour = Charts.transparent(Charts.colour(0), 150);
              raster.dots(samples.of(cell.shown().get().id()).get(step), colour);
            });
    return square("%s, %s".formatted(cell.target(), cell.labelInTarget()), raster, s);
  }

  /** A panel of a square sample space. */
  static JFreeChart square(String title, Raster raster, double s) {
    XYPlot plot = Charts.plot(Charts.axis("x", -s, s), Charts.axis("y", -s, s));
    Charts.setImage(plot, raster.image(), s);
    return Charts.chart(title, plot, false);
  }
}
