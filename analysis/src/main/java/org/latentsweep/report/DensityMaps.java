package org.latentsweep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.latentsweep.divergence.SmoothedDensities;
import org.latentsweep.target.TargetDistribution;

/** Smoothed densities of the target and of a run of each cell, and the log of their ratio. */
final class DensityMaps implements Figure {
  private static final int SAMPLES = 20_000;
  private static final int SIDE = 96;
  private static final int PANEL = 210;
  private static final int MOST_CELLS = 20;
  private static final double MOST_NATS = 3;

  @Override
  public List<DrawnFigure> of(SweepTables sweep) {
    List<DrawnFigure> figures = new ArrayList<>();
    for (Map.Entry<String, List<Cell>> target : sweep.byTarget().entrySet()) {
      List<Cell> cells =
          target.getValue().stream()
              .filter(cell -> cell.shown().isPresent() && cell.distribution().dimensions() == 2)
              .limit(MOST_CELLS)
              .toList();
      RunSamples samples = RunSamples.read(sweep, SampleClouds.lastSteps(List.of(cells)), SAMPLES);
      if (!samples.table().isEmpty()) {
        figures.add(figure(target.getKey(), cells, samples));
      }
    }
    return figures;
  }

  private static DrawnFigure figure(String name, List<Cell> cells, RunSamples samples) {
    List<JFreeChart> densities = new ArrayList<>();
    List<JFreeChart> ratios = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    TargetDistribution target = cells.get(0).distribution();
    double s = target.drawnHalfWidth();
    double h = target.defaultBandwidth();
    int n = 0;
    for (Cell cell : cells) {
      float[] points = samples.of(cell.shown().get().id()).get(cell.shown().get().steps());
      if (points == null) {
        continue;
      }
      SmoothedDensities both = SmoothedDensities.of(target, points, h, SIDE);
      ColourScale amounts = ColourScale.sequential(0, max(both.target()));
      if (densities.isEmpty()) {
        densities.add(
            keyed(
                SampleClouds.square("target p_h", Raster.of(both.target(), s, amounts), s),
                amounts,
                "density"));
        ratios.add(null);
      }
      n = points.length / 2;
      densities.add(
          keyed(
              SampleClouds.square(
                  "q_h, " + cell.labelInTarget(), Raster.of(both.samples(), s, amounts), s),
              amounts,
              "density"));
      ColourScale differences = ColourScale.diverging(MOST_NATS);
      ratios.add(
          keyed(
              SampleClouds.square(
                  "log(q_h / p_h), " + cell.labelInTarget(),
                  Raster.of(both.logRatio(), s, differences),
                  s),
              differences,
              "nats"));
      addRows(cell, both, rows);
    }
    List<JFreeChart> panels = new ArrayList<>(densities);
    panels.addAll(ratios);
    return new DrawnFigure(
        "densities",
        name,
        "Where the mass is: " + name,
        ("Densities smoothed with h = %s of the target and of n = %,d samples of one run of each"
                + " cell, that of median KL_h; below, the log of their ratio in nats, cut at"
                + " ±%.0f: orange where there is too much mass, purple where there is too little.")
            .formatted(ShortNumbers.of(h), n, MOST_NATS),
        ReportTable.computed(
            List.of(
                "config_hash", "latent_dim", "x", "y", "target_density", "density", "log_ratio"),
            rows),
        new Sheet(densities.size(), PANEL, PANEL + 50, panels));
  }

  private static JFreeChart keyed(JFreeChart chart, ColourScale colours, String unit) {
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

  private static void addRows(Cell cell, SmoothedDensities both, List<List<Object>> onto) {
    for (int i = 0; i < SIDE; i++) {
      for (int j = 0; j < SIDE; j++) {
        onto.add(
            List.of(
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
