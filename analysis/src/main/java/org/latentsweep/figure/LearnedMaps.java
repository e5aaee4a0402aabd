package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.latentsweep.cell.Cell;
import org.latentsweep.cell.ReportTable;
import org.latentsweep.cell.SweepTables;
import org.latentsweep.mapping.GeneratorNetwork;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * In one dimension, what a run of each cell draws under the target's density, and for one latent
 * dimension its map x = G(z) beside the increasing map that is exact: the quantile function of the
 * target after the distribution function of the noise, for normal noise or uniform.
 */
final class LearnedMaps implements Figure {
  private static final int SAMPLES = 10_000;
  private static final int PANEL = 250;
  private static final int MOST_CELLS = 12;

  /** The share of the noise that is left out of the curves, where it has no ends. */
  private static final double TAILS = 0.002;

  @Override
  public List<DrawnFigure> of(SweepTables sweep) {
    return sweep.byTarget().values().stream()
        .filter(cells -> cells.get(0).distribution().dimensions() == 1)
        .filter(cells -> cells.size() <= MOST_CELLS)
        .flatMap(cells -> of(sweep, cells).stream())
        .toList();
  }

  private static Optional<DrawnFigure> of(SweepTables sweep, List<Cell> cells) {
    RunSamples samples = RunSamples.read(sweep, SampleClouds.lastSteps(List.of(cells)), SAMPLES);
    if (samples.table().isEmpty()) {
      return Optional.empty();
    }
    Map<String, GeneratorNetwork> generators = generators(sweep, cells);
    Panels panels = new Panels(cells.get(0).distribution());
    cells.forEach(cell -> panels.density(cell, samples));
    if (!generators.isEmpty()) {
      cells.forEach(cell -> panels.map(cell, generators.get(cell.configHash())));
    }
    return Optional.of(
        new DrawnFigure(
            "learned-map",
            cells.get(0).target(),
            "What the generators learned: " + cells.get(0).target(),
            ("One run of each cell, that of median KL_h: above, a histogram of n = %,d samples"
                    + " (blue) and the target's density (grey); below, where k = 1, its map"
                    + " x = G(z) (blue) and the increasing map that is exact (grey). x is in the"
                    + " target's units, z in the noise's.")
                .formatted(SAMPLES),
            ReportTable.computed(List.of("cell", "curve", "at", "value"), panels.rows),
            new Sheet(cells.size(), PANEL, PANEL, panels.charts)));
  }

  /** Of cells with one latent dimension, by cell; those that can be read. */
  private static Map<String, GeneratorNetwork> generators(SweepTables sweep, List<Cell> cells) {
    Map<String, String> cellOfRun = new HashMap<>();
    for (Cell cell : cells) {
      if (cell.latentDimension() == 1) {
        cell.shown().ifPresent(run -> cellOfRun.put(run.id(), cell.configHash()));
      }
    }
    Map<String, GeneratorNetwork> generators = new HashMap<>();
    if (cellOfRun.isEmpty()) {
      return generators;
    }
    ReportTable found =
        sweep.query(
            "SELECT run_id, archive FROM generators WHERE run_id IN (%s)"
                .formatted(SweepTables.list(cellOfRun.keySet())));
    for (List<Object> row : found.rows()) {
      try {
        generators.put(
            cellOfRun.get(found.text(row, "run_id")),
            GeneratorNetwork.read((byte[]) found.value(row, "archive")));
      } catch (IllegalArgumentException e) {
        // the page says of each cell why it has no map
      }
    }
    return generators;
  }

  /** The panels and the rows behind them. */
  private static final class Panels {
    private final TargetDistribution target;
    private final double s;
    private final List<JFreeChart> charts = new ArrayList<>();
    private final List<List<Object>> rows = new ArrayList<>();

    Panels(TargetDistribution target) {
      this.target = target;
      this.s = target.drawnHalfWidth();
    }

    void density(Cell cell, RunSamples samples) {
      XYSeries truth =
          Charts.curve("target", -s, s, x -> Math.exp(target.logDensity(new double[] {x})));
      rows(cell, "target density", truth);
      XYPlot plot =
          Charts.plot(Charts.axis("x", -s, s), Charts.axis("density", 0, 1.6 * truth.getMaxY()));
      Charts.add(plot, Charts.collection(List.of(truth)), Charts.dashes());
      cell.shown()
          .map(run -> samples.of(run.id()))
          .filter(sets -> !sets.isEmpty())
          .map(sets -> sets.get(sets.lastKey()))
          .ifPresent(points -> histogram(cell, points, plot));
      charts.add(Charts.chart(cell.labelInTarget(), plot, false));
    }

    private void histogram(Cell cell, float[] points, XYPlot plot) {
      Histogram histogram =
          new Histogram(s, IntStream.range(0, points.length / 2).mapToDouble(i -> points[2 * i]));
      Charts.add(plot, histogram.bars(), Histogram.renderer());
      rows(cell, "sample density", histogram.series());
    }

    /** Leaves a gap where there is no generator. */
    void map(Cell cell, GeneratorNetwork generator) {
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

    /** Not a number where it is infinite, as it may be at the ends of the noise. */
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

    private void rows(Cell cell, String curve, XYSeries line) {
      for (int i = 0; i < line.getItemCount(); i++) {
        rows.add(List.of(cell.configHash(), curve, line.getX(i), line.getY(i)));
      }
    }
  }
}
