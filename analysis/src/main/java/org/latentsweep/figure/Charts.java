package org.latentsweep.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYDataImageAnnotation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.latentsweep.cell.ShortNumbers;

/**
 * The style of all charts: thin lines on white, in colours that colour-blind readers can tell
 * apart.
 */
final class Charts {
  /**
   * The palette of Okabe and Ito, "Color Universal Design" (2008), without its yellow, which is too
   * pale on white. The first colour is that of data in one colour.
   */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x000000));

  /** The colour of what data are compared with: samples of the target, floors. */
  static final Color REFERENCE = new Color(0x8A8A8A);

  private static final int CURVE_SEGMENTS = 400; // more than a panel has pixels
  private static final Color GRID = new Color(0xE4E4E4);
  private static final Color INK = new Color(0x222222);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 12);
  private static final Stroke LINE = new BasicStroke(1.4f);
  private static final Stroke DASHES =
      new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 3}, 0);

  private Charts() {}

  /** Returns the colour of series i. Colours repeat after the seventh. */
  static Color colour(int i) {
    return COLOURS.get(i % COLOURS.size());
  }

  static Color transparent(Color colour, int alpha) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }

  /** Returns a plot without data. */
  static XYPlot plot(ValueAxis x, ValueAxis y) {
    XYPlot plot = new XYPlot(null, x, y, null);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlineStroke(new BasicStroke(0.7f));
    plot.setRangeGridlineStroke(new BasicStroke(0.7f));
    plot.setOutlinePaint(GRID);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    return plot;
  }

  /** Returns the chart of a plot, with or without a legend. */
  static JFreeChart chart(String title, XYPlot plot, boolean legend) {
    JFreeChart chart = new JFreeChart(null, TEXT, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    TextTitle heading = new TextTitle(title, TITLE);
    heading.setPaint(INK);
    chart.setTitle(heading);
    if (legend) {
      LegendTitle key = new LegendTitle(plot);
      key.setItemFont(TEXT);
      key.setPosition(RectangleEdge.BOTTOM);
      key.setFrame(BlockBorder.NONE);
      chart.addLegend(key);
    }
    chart.setPadding(new RectangleInsets(6, 6, 6, 10));
    return chart;
  }

  static NumberAxis axis(String label) {
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeIncludesZero(false);
    return styled(axis);
  }

  static NumberAxis axis(String label, double low, double high) {
    NumberAxis axis = axis(label);
    axis.setRange(low, high);
    return axis;
  }

  static LogAxis logAxis(String label, double low, double high) {
    LogAxis axis = new LogAxis(label);
    axis.setRange(low, high);
    axis.setNumberFormatOverride(new ShortNumbers());
    axis.setTickUnit(new NumberTickUnit(high / low > 3e4 ? 2 : 1));
    return styled(axis);
  }

  /** Returns a logarithmic axis with a tick at each doubling, or at each second one. */
  static LogAxis ratioAxis(String label, double low, double high) {
    LogAxis axis = logAxis(label, low, high);
    axis.setBase(2);
    axis.setTickUnit(new NumberTickUnit(high / low > 100 ? 2 : 1));
    return axis;
  }

  /** Returns an axis of whole numbers from 0. */
  static NumberAxis counts(String label, double high) {
    NumberAxis axis = axis(label, 0, high);
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    return axis;
  }

  /** Returns an axis with a place for each symbol: 0, 1, .... */
  static SymbolAxis symbols(String label, List<String> symbols) {
    SymbolAxis axis = new SymbolAxis(label, symbols.toArray(String[]::new));
    axis.setRange(-0.5, symbols.size() - 0.5);
    axis.setGridBandsVisible(false);
    return styled(axis);
  }

  private static <A extends ValueAxis> A styled(A axis) {
    axis.setLabelFont(TEXT);
    axis.setTickLabelFont(TEXT);
    axis.setLabelPaint(INK);
    axis.setTickLabelPaint(INK);
    axis.setAxisLinePaint(GRID);
    axis.setTickMarkPaint(GRID);
    return axis;
  }

  static XYSeries series(String name) {
    return new XYSeries(name, false, true);
  }

  /** Returns the points of a function over [low, high], without those where it is NaN. */
  static XYSeries curve(String name, double low, double high, DoubleUnaryOperator function) {
    XYSeries curve = series(name);
    for (int i = 0; i <= CURVE_SEGMENTS; i++) {
      double x = low + (high - low) * i / CURVE_SEGMENTS;
      double y = function.applyAsDouble(x);
      if (!Double.isNaN(y)) {
        curve.add(x, y);
      }
    }
    return curve;
  }

  static XYSeriesCollection collection(List<XYSeries> series) {
    XYSeriesCollection collection = new XYSeriesCollection();
    series.forEach(collection::addSeries);
    return collection;
  }

  /** Adds a data set on top of those that the plot has. */
  static void add(XYPlot plot, XYDataset data, XYItemRenderer renderer) {
    int next = plot.getDataset(0) == null ? 0 : plot.getDatasetCount();
    plot.setDataset(next, data);
    plot.setRenderer(next, renderer);
  }

  /** Returns a renderer of dots in the colours of series 0, 1, .... */
  static XYLineAndShapeRenderer dots(double diameter, int alpha) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    Shape dot = new Ellipse2D.Double(-diameter / 2, -diameter / 2, diameter, diameter);
    for (int s = 0; s < COLOURS.size(); s++) {
      renderer.setSeriesShape(s, dot);
      renderer.setSeriesPaint(s, transparent(colour(s), alpha));
    }
    return renderer;
  }

  /** Returns a renderer of lines in the colours of series 0, 1, .... */
  static XYLineAndShapeRenderer lines() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    for (int s = 0; s < COLOURS.size(); s++) {
      renderer.setSeriesPaint(s, colour(s));
      renderer.setSeriesStroke(s, LINE);
    }
    return renderer;
  }

  /** Returns a renderer of dashed lines in the colour of references. */
  static XYLineAndShapeRenderer dashes() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDefaultPaint(REFERENCE);
    renderer.setAutoPopulateSeriesPaint(false);
    renderer.setAutoPopulateSeriesStroke(false);
    renderer.setDefaultStroke(DASHES);
    return renderer;
  }

  /** Returns a renderer of lines with bands in the colours of series 0, 1, .... */
  static DeviationRenderer bands() {
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setAlpha(0.18f);
    for (int s = 0; s < COLOURS.size(); s++) {
      renderer.setSeriesPaint(s, colour(s));
      renderer.setSeriesFillPaint(s, colour(s));
      renderer.setSeriesStroke(s, LINE);
    }
    return renderer;
  }

  /** Returns a renderer of means with vertical intervals in the colours of series 0, 1, .... */
  static XYErrorRenderer intervals() {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setCapLength(6);
    renderer.setErrorStroke(LINE);
    Shape disc = new Ellipse2D.Double(-3.5, -3.5, 7, 7);
    for (int s = 0; s < COLOURS.size(); s++) {
      renderer.setSeriesPaint(s, colour(s));
      renderer.setSeriesShape(s, disc);
    }
    return renderer;
  }

  /** Draws an image of the square [-s, s]^2 in a plot of that square. */
  static void setImage(XYPlot plot, BufferedImage image, double s) {
    plot.addAnnotation(new XYDataImageAnnotation(image, -s, -s, 2 * s, 2 * s, true));
  }
}
