package org.latentsweep.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.latentsweep.cell.SweepQueries;
import org.latentsweep.table.NamedColumns;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.Normal1d;
import org.latentsweep.target.TargetDistribution;

/**
 * How a generator can be exact: the quantile function maps uniform noise to a normal distribution
 * in one dimension, and so coordinate by coordinate in any number of dimensions.
 */
final class QuantileFunction implements Figure {
  private static final List<String> TARGETS = List.of("normal-1d", "gaussian");
  private static final int SAMPLES = 10_000; // chosen by judgement: enough for a smooth histogram
  private static final int PANEL = 250; // chosen by judgement
  private static final long SEED = 1;
  private static final NoiseLaw.Uniform NOISE = new NoiseLaw.Uniform(-1, 1);
  private static final TargetDistribution TARGET = new Normal1d();

  /** A point of a panel's curve or histogram. */
  private record PlottedPoint(String panel, double x, double y) {}

  @Override
  public List<DrawnFigure> of(SweepQueries sweep) {
    return TARGETS.stream().anyMatch(sweep.byTarget()::containsKey) ? List.of(draw()) : List.of();
  }

  /** Draws the figure. It is the same for every sweep. */
  static DrawnFigure draw() {
    double s = TARGET.drawnHalfWidth();
    double density = 1 / (NOISE.high() - NOISE.low());
    NoiseLaw normal = new NoiseLaw.Normal();
    QuantilePanels panels = new QuantilePanels();
    panels.curve("uniform density", axis("z", 1.5), axis01("density"), z -> inside(z) * density);
    panels.curve("distribution function", axis("x", s), axis01("F(x)"), normal::cumulative);
    panels.curve(
        "quantile function", axis("z", 1.05), axis("x = G(z)", s), QuantileFunction::quantile);
    panels.histogram("normal density", s);
    return new DrawnFigure(
        "quantile-function",
        "",
        "From a uniform law to a normal one",
        String.format(
            Locale.ROOT,
            "The density of the noise, uniform on (-1, 1); the distribution function F of a normal;"
                + " G, the quantile function, with F(G(z)) = (z + 1) / 2; and a histogram of n ="
                + " %,d samples G(z) (blue) under the normal density (grey). No axis has"
                + " a unit.",
            SAMPLES),
        NamedColumns.computed(PlottedPoint.class, panels.rows),
        new Sheet(panels.charts.size(), PANEL, PANEL, panels.charts));
  }

  private static NumberAxis axis(String label, double s) {
    return Charts.axis(label, -s, s);
  }

  private static NumberAxis axis01(String label) {
    return Charts.axis(label, 0, 1);
  }

  private static double inside(double z) {
    return z >= NOISE.low() && z < NOISE.high() ? 1 : 0;
  }

  /** Returns NaN outside the range of the noise. */
  private static double quantile(double z) {
    if (Math.abs(z) >= 1) {
      return Double.NaN;
    }
    double[] x = new double[1];
    TARGET.naturalMap().map(new double[] {z}, x);
    return x[0];
  }

  /** The panels and the rows behind them. */
  private static final class QuantilePanels {
    private final List<JFreeChart> charts = new ArrayList<>();
    private final List<PlottedPoint> rows = new ArrayList<>();

    void curve(String title, NumberAxis x, NumberAxis y, DoubleUnaryOperator function) {
      XYPlot plot = Charts.plot(x, y);
      XYSeries line = line(title, x.getLowerBound(), x.getUpperBound(), function);
      Charts.add(plot, Charts.collection(List.of(line)), Charts.lines());
      charts.add(Charts.chart(title, plot, false));
    }

    private XYSeries line(String name, double low, double high, DoubleUnaryOperator function) {
      XYSeries line = Charts.curve(name, low, high, function);
      rows(name, line);
      return line;
    }

    private void rows(String name, XYSeries line) {
      for (int i = 0; i < line.getItemCount(); i++) {
        rows.add(new PlottedPoint(name, line.getX(i).doubleValue(), line.getY(i).doubleValue()));
      }
    }

    void histogram(String title, double s) {
      XYPlot plot = Charts.plot(axis("x", s), Charts.axis("density", 0, 0.5));
      XYSeries density = line(title, -s, s, x -> Math.exp(TARGET.logDensity(new double[] {x})));
      Charts.add(plot, Charts.collection(List.of(density)), Charts.dashes());
      Histogram histogram = new Histogram(s, samples());
      Charts.add(plot, histogram.bars(), Histogram.renderer());
      rows("samples", histogram.series());
      charts.add(Charts.chart(title, plot, false));
    }
  }

  /** Returns the images of noise. */
  private static DoubleStream samples() {
    float[] latents = new float[SAMPLES];
    NOISE.fill(new Random(SEED), 1, latents);
    return IntStream.range(0, SAMPLES).mapToDouble(i -> quantile(latents[i]));
  }
}
