package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.latentsweep.cell.GridCell;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.mapping.GeneratorNetwork;
import org.latentsweep.run.RunId;
import org.latentsweep.table.GeneratorRow;
import org.latentsweep.table.NamedColumns;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * In one dimension, the samples of one run of each cell under the target's density; for one latent
 * dimension, also its map x = G(z) beside the increasing map that is exact. That is the
 * distribution function of the noise followed by the quantile function of the target.
 */
final class LearnedMaps implements Figure {
  private static final int SAMPLES = 10_000; // chosen by judgement: enough for a smooth histogram
  private static final int PANEL = 250; // chosen by judgement
  private static final int MAX_CELLS = 12; // in one row; chosen by judgement

  /**
   * The probability of the latents beyond the ends of the curves, if the noise is unbounded. Chosen
   * by judgement.
   */
  private static final double TAILS = 0.002;

  /** A point of a curve. */
  private record CurvePoint(String cell, String curve, double at, double value) {}

  @Override
  public List<DrawnFigure> of(SweepQueries sweep) {
    return sweep.byTarget().values().stream()
        .filter(cells -> cells.get(0).distribution().dimensions() == 1)
        .filter(cells -> cells.size() <= MAX_CELLS)
        .flatMap(cells -> of(sweep, cells).stream())
        .toList();
  }

  private static Optional<DrawnFigure> of(SweepQueries sweep, List<GridCell> cells) {
    RunSamples samples = RunSamples.ofLastSteps(sweep, cells, SAMPLES);
    if (samples.isEmpty()) {
      return Optional.empty();
    }
    Map<String, GeneratorNetwork> generators = generators(sweep, cells);
    MapPanels panels = new MapPanels(sweep, cells.get(0).distribution());
    cells.forEach(cell -> panels.density(cell, samples));
    if (!generators.isEmpty()) {
      cells.forEach(cell -> panels.map(cell, generators.get(cell.configHash())));
    }
    return Optional.of(
        new DrawnFigure(
            "learned-map",
            cells.get(0).target(),
            "What the generators learned: " + cells.get(0).target(),
            String.format(
                Locale.ROOT,
                "One run of each cell, that of the median divergence: above, a histogram of n = %,d samples"
                    + " (blue) and the target's density (grey); below, where k = 1, its map"
                    + " x = G(z) (blue) and the increasing map that is exact (grey). x is in the"
                    + " target's units, z in the noise's.",
                SAMPLES),
            NamedColumns.computed(CurvePoint.class, panels.rows),
            new Sheet(cells.size(), PANEL, PANEL, panels.charts)));
  }

  /** Returns the generators of cells with one latent dimension, by config hash. */
  private static Map<String, GeneratorNetwork> generators(
      SweepQueries sweep, List<GridCell> cells) {
    Map<RunId, String> cellOfRun = new HashMap<>();
    for (GridCell cell : cells) {
      if (cell.latentDimension() == 1) {
        sweep.shownRun(cell).ifPresent(run -> cellOfRun.put(run.runId(), cell.configHash()));
      }
    }
    Map<String, GeneratorNetwork> generators = new HashMap<>();
    if (cellOfRun.isEmpty()) {
      return generators;
    }
    String sql =
        String.format(
            Locale.ROOT,
            "SELECT run_id, step, archive FROM generators WHERE run_id IN (%s)",
            SweepQueries.list(cellOfRun.keySet()));
    for (GeneratorRow row : sweep.query(sql, GeneratorRow.class)) {
      try {
        generators.put(cellOfRun.get(row.runId()), GeneratorNetwork.read(row.archive().bytes()));
      } catch (IllegalArgumentException e) {
        // One that cannot be read is left out here; the page says why for each cell.
      }
    }
    return generators;
  }

  /** The panels and the rows behind them. */
  private static final class MapPanels {
    private final SweepQueries sweep;
    private final TargetDistribution target;
    private final double s; // half the width of the interval that is drawn
    private final List<JFreeChart> charts = new ArrayList<>();
    private final List<CurvePoint> rows = new ArrayList<>();

    MapPanels(SweepQueries sweep, TargetDistribution target) {
      this.sweep = sweep;
      this.target = target;
      this.s = target.drawnHalfWidth();
    }

    void density(GridCell cell, RunSamples samples) {
      XYSeries truth =
          Charts.curve("target", -s, s, x -> Math.exp(target.logDensity(new double[] {x})));
      rows(cell, "target density", truth);
      XYPlot plot =
          Charts.plot(Charts.axis("x", -s, s), Charts.axis("density", 0, 1.6 * truth.getMaxY()));
      Charts.add(plot, Charts.collection(List.of(truth)), Charts.dashes());
      sweep
          .shownRun(cell)
          .map(run -> samples.of(run.runId()))
          .filter(sets -> !sets.isEmpty())
          .map(sets -> sets.get(sets.lastKey()))
          .ifPresent(points -> histogram(cell, points, plot));
      charts.add(Charts.chart(cell.labelInTarget(), plot, false));
    }

    private void histogram(GridCell cell, float[] points, XYPlot plot) {
      Histogram histogram =
          new Histogram(s, IntStream.range(0, points.length / 2).mapToDouble(i -> points[2 * i]));
      Charts.add(plot, histogram.bars(), Histogram.renderer());
      rows(cell, "sample density", histogram.series());
    }

    /** Adds the panel of a map, or a gap if there is no generator. */
    void map(GridCell cell, GeneratorNetwork generator) {
      if (generator == null) {
        charts.add(null);
        return;
      }
      NoiseLaw noise = cell.noise();
      double tail = Double.isInfinite(noise.quantile(0)) ? TAILS / 2 : 0;
      double low = noise.quantile(tail);
      double high = noise.quantile(1 - tail);
      XYSeries exact = Charts.curve("exact", low, high, z -> exact(noise, z));
      XYSeries learned = Charts.curve("learned", low, high, z -> learned(generator, z));
      rows(cell, "exact map", exact);
      rows(cell, "learned map", learned);
      NumberAxis sampleAxis = Charts.axis("x = G(z)", -1.3 * s, 1.3 * s);
      XYPlot plot = Charts.plot(Charts.axis("z", low, high), sampleAxis);
      Charts.add(plot, Charts.collection(List.of(exact)), Charts.dashes());
      Charts.add(plot, Charts.collection(List.of(learned)), Charts.lines());
      charts.add(Charts.chart("map, " + cell.labelInTarget(), plot, false));
    }

    /** Returns NaN instead of an infinite value, which the ends of the noise may have. */
    private double exact(NoiseLaw noise, double z) {
      NaturalMap natural = target.naturalMap();
      double[] x = new double[1];
      natural.map(new double[] {natural.noise().quantile(noise.cumulative(z))}, x);
      return Double.isInfinite(x[0]) ? Double.NaN : x[0];
    }

    private static double learned(GeneratorNetwork generator, double z) {
      double[] x = new double[1];
      generator.value(new double[] {z}, x);
      return x[0];
    }

    private void rows(GridCell cell, String curve, XYSeries line) {
      for (int i = 0; i < line.getItemCount(); i++) {
        rows.add(
            new CurvePoint(
                cell.configHash(), curve, line.getX(i).doubleValue(), line.getY(i).doubleValue()));
      }
    }
  }
}
