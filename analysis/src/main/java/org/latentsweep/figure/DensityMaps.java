package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.latentsweep.cell.GridCell;
import org.latentsweep.cell.ShortNumbers;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.divergence.SmoothedDensities;
import org.latentsweep.table.NamedColumns;
import org.latentsweep.target.TargetDistribution;

/**
 * Smoothed densities of the target and of one run of each cell, and the logarithm of their ratio.
 */
final class DensityMaps implements Figure {
  /** Chosen by judgement: enough for a density that is smoothed. */
  private static final int SAMPLES = 20_000;

  /** Points of the lattice per axis. Chosen by judgement: about two pixels of a panel each. */
  private static final int SIDE = 96;

  private static final int PANEL = 210; // chosen by judgement: many cells fit side by side
  private static final int MAX_CELLS = 20; // chosen by judgement: each has two panels

  /** Logarithms of ratios beyond this many nats have the same colour. Chosen by judgement. */
  private static final double MAX_NATS = 3;

  /** The densities at a point of the lattice, of the target and of a cell's run. */
  private record DensitiesAtPoint(
      String configHash,
      int latentDim,
      double x,
      double y,
      double targetDensity,
      double density,
      double logRatio) {}

  @Override
  public List<DrawnFigure> of(SweepQueries sweep) {
    return sweep.byTarget().values().stream()
        .filter(cells -> cells.get(0).distribution().dimensions() == 2)
        .flatMap(cells -> of(sweep, cells).stream())
        .toList();
  }

  private static Optional<DrawnFigure> of(SweepQueries sweep, List<GridCell> ofTarget) {
    List<GridCell> cells = ofTarget.stream().limit(MAX_CELLS).toList();
    RunSamples samples = RunSamples.ofLastSteps(sweep, cells, SAMPLES);
    if (samples.isEmpty()) {
      return Optional.empty();
    }
    TargetDistribution target = cells.get(0).distribution();
    DensityPanels panels = new DensityPanels(sweep, target);
    SweepQueries.byPanel(cells).values().forEach(row -> panels.add(row, samples));
    String left =
        cells.size() < ofTarget.size()
            ? String.format(
                Locale.ROOT, " The first %d of %d cells.", cells.size(), ofTarget.size())
            : "";
    return Optional.of(
        new DrawnFigure(
            "densities",
            target.name(),
            "Where the mass is: " + target.name(),
            String.format(
                Locale.ROOT,
                "Densities smoothed with h = %s of the target and of n = %,d samples of one run of"
                    + " each cell, that of the median divergence; below, the log of their ratio in nats, cut"
                    + " at ±%.0f: orange where there is too much mass, purple where there is too"
                    + " little.%s",
                ShortNumbers.of(target.defaultBandwidth()),
                panels.n,
                MAX_NATS,
                left),
            NamedColumns.computed(DensitiesAtPoint.class, panels.rows),
            panels.sheet()));
  }

  /** The panels, with densities above ratios for each variant, and the rows behind them. */
  private static final class DensityPanels {
    private final SweepQueries sweep;
    private final TargetDistribution target;
    private final double s; // half the width of the square
    private final List<List<JFreeChart>> lines = new ArrayList<>();
    private final List<DensitiesAtPoint> rows = new ArrayList<>();
    private int n;

    DensityPanels(SweepQueries sweep, TargetDistribution target) {
      this.sweep = sweep;
      this.target = target;
      this.s = target.drawnHalfWidth();
    }

    /** Adds the densities of cells that differ in k alone, after the target's own. */
    void add(List<GridCell> cells, RunSamples samples) {
      List<JFreeChart> densities = new ArrayList<>();
      List<JFreeChart> ratios = new ArrayList<>();
      densities.add(null);
      ratios.add(null);
      for (GridCell cell : cells) {
        Optional<float[]> points =
            sweep.shownRun(cell).map(run -> samples.of(run.runId()).get(run.steps()));
        if (points.isPresent()) {
          n = points.get().length / 2;
          SmoothedDensities both =
              SmoothedDensities.of(target, points.get(), target.defaultBandwidth(), SIDE);
          if (rows.isEmpty()) {
            densities.set(0, density("target p_h", both.target(), both));
          }
          densities.add(density("q_h, " + cell.labelInTarget(), both.samples(), both));
          ratios.add(ratio("log(q_h / p_h), " + cell.labelInTarget(), both));
          addRows(cell, both, rows);
        }
      }
      lines.add(densities);
      lines.add(ratios);
    }

    private JFreeChart density(String title, double[][] values, SmoothedDensities both) {
      ColourScale amounts = ColourScale.sequential(0, max(both.target()));
      return withColourKey(
          SampleClouds.square(title, Raster.of(values, s, amounts), s), amounts, "density");
    }

    private JFreeChart ratio(String title, SmoothedDensities both) {
      ColourScale differences = ColourScale.diverging(MAX_NATS);
      return withColourKey(
          SampleClouds.square(title, Raster.of(both.logRatio(), s, differences), s),
          differences,
          "nats");
    }

    Sheet sheet() {
      int columns = lines.stream().mapToInt(List::size).max().orElseThrow();
      List<JFreeChart> panels = new ArrayList<>();
      for (List<JFreeChart> line : lines) {
        panels.addAll(line);
        panels.addAll(Collections.nCopies(columns - line.size(), null));
      }
      return new Sheet(columns, PANEL, PANEL + 50, panels);
    }
  }

  private static JFreeChart withColourKey(JFreeChart chart, ColourScale colours, String unit) {
    NumberAxis axis = Charts.axis(unit);
    axis.setNumberFormatOverride(new ShortNumbers());
    PaintScaleLegend key = new PaintScaleLegend(colours, axis);
    key.setPosition(RectangleEdge.BOTTOM);
    key.setStripWidth(7);
    key.setSubdivisionCount(64);
    key.setMargin(2, 30, 0, 6);
    chart.addSubtitle(key);
    return chart;
  }

  private static double max(double[][] values) {
    double max = 0;
    for (double[] row : values) {
      for (double value : row) {
        max = Math.max(max, value);
      }
    }
    return max;
  }

  private static void addRows(GridCell cell, SmoothedDensities both, List<DensitiesAtPoint> onto) {
    for (int i = 0; i < SIDE; i++) {
      for (int j = 0; j < SIDE; j++) {
        onto.add(
            new DensitiesAtPoint(
                cell.configHash(),
                cell.latentDimension(),
                both.coordinate(j),
                both.coordinate(i),
                both.target()[i][j],
                both.samples()[i][j],
                both.logRatio()[i][j]));
      }
    }
  }
}
