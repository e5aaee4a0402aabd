package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jfree.chart.JFreeChart;
import org.latentsweep.cell.ShortNumbers;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.divergence.SmoothedDivergences;
import org.latentsweep.mapping.HilbertCurve;
import org.latentsweep.metric.Bandwidth;
import org.latentsweep.table.NamedColumns;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.TargetDistribution;

/**
 * What one latent dimension can reach in the plane: a curve. It shows Hilbert curves of increasing
 * order, and so length, through the target's natural map, and beside them two latents through the
 * same map. It is drawn for each target that a sweep tries with k = 1 and whose natural map takes
 * two continuous latents.
 */
final class OneDimension implements Figure {
  /** Chosen by judgement: a coarse curve, a finer one, and one that almost fills the plane. */
  private static final List<Integer> ORDERS = List.of(2, 4, 6);

  private static final int SAMPLES = 20_000; // chosen by judgement: enough to show the density
  private static final int PANEL = 250; // chosen by judgement
  private static final long SEED = 1;

  /** A point of a panel. */
  private record PanelPoint(String panel, int latentDim, float x, float y) {}

  @Override
  public List<DrawnFigure> of(SweepQueries sweep) {
    return sweep.byTarget().values().stream()
        .filter(cells -> cells.stream().anyMatch(cell -> cell.latentDimension() == 1))
        .map(cells -> cells.get(0).distribution())
        .filter(OneDimension::takesTwoLatents)
        .map(OneDimension::draw)
        .toList();
  }

  private static boolean takesTwoLatents(TargetDistribution target) {
    NaturalMap map = target.naturalMap();
    return target.dimensions() == 2
        && map.latentDimension() == 2
        && map.noise().continuousDimensions(2) == 2;
  }

  /** Draws the figure for a target. It is the same for every sweep. */
  static DrawnFigure draw(TargetDistribution target) {
    List<JFreeChart> panels = new ArrayList<>();
    List<PanelPoint> rows = new ArrayList<>();
    for (int order : ORDERS) {
      String title = "k = 1, order " + order;
      addPanel(target, title, 1, curve(target, order), panels, rows);
    }
    addPanel(target, "k = 2", 2, plane(target), panels, rows);
    return new DrawnFigure(
        "one-dimension-cannot-fill-two",
        target.name(),
        "What one latent dimension can reach: " + target.name(),
        String.format(
            Locale.ROOT,
            "Hilbert curves of order m, along 4^m cells, through the target's natural map, and two"
                + " latents through it (blue), over samples of the target (grey); n = %,d each, both"
                + " axes in the target's units; KL_h forward in nats.",
            SAMPLES),
        NamedColumns.computed(PanelPoint.class, rows),
        new Sheet(panels.size(), PANEL, PANEL + 20, panels));
  }

  /** Returns the images of points at equal distances along the curve in the unit square. */
  private static float[] curve(TargetDistribution target, int order) {
    HilbertCurve curve = new HilbertCurve(order);
    float[] points = new float[2 * SAMPLES];
    double[] unit = new double[2];
    for (int i = 0; i < SAMPLES; i++) {
      curve.at((i + 0.5) / SAMPLES, unit);
      map(target, unit, points, i);
    }
    return points;
  }

  private static float[] plane(TargetDistribution target) {
    Random random = new Random(SEED);
    float[] points = new float[2 * SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      map(target, new double[] {random.nextDouble(), random.nextDouble()}, points, i);
    }
    return points;
  }

  /** Maps a point of the unit square through the noise's quantile function and the natural map. */
  private static void map(TargetDistribution target, double[] unit, float[] points, int i) {
    NaturalMap map = target.naturalMap();
    double[] x = new double[2];
    map.map(new double[] {map.noise().quantile(unit[0]), map.noise().quantile(unit[1])}, x);
    points[2 * i] = (float) x[0];
    points[2 * i + 1] = (float) x[1];
  }

  private static void addPanel(
      TargetDistribution target,
      String title,
      int latentDimension,
      float[] points,
      List<JFreeChart> panels,
      List<PanelPoint> rows) {
    double s = target.drawnHalfWidth();
    Raster raster = new Raster(2 * PANEL, s);
    raster.dots(Sampled.target(target, SAMPLES), Charts.transparent(Charts.REFERENCE, 60));
    raster.dots(points, Charts.transparent(Charts.colour(0), 110));
    double kl = SmoothedDivergences.of(target, points, new Bandwidth(1)).get(0).value();
    panels.add(
        SampleClouds.square(
            String.format(Locale.ROOT, "%s: KL_h %s", title, ShortNumbers.of(kl)), raster, s));
    for (int i = 0; i < points.length; i += 2) {
      rows.add(new PanelPoint(title, latentDimension, points[i], points[i + 1]));
    }
  }
}
