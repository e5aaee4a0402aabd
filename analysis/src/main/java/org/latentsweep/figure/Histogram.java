package org.latentsweep.figure;

import java.util.stream.DoubleStream;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;

/**
 * The density of numbers in bins of equal width that fill [-s, s]. Numbers beyond them count
 * towards the total and are not shown.
 */
final class Histogram {
  private static final int BINS = 60; // chosen by judgement: about four pixels of a panel each

  private final double s;
  private final double[] densities = new double[BINS];

  Histogram(double s, DoubleStream numbers) {
    this.s = s;
    double[] all = numbers.toArray();
    for (double number : all) {
      double bin = Math.floor((number + s) / width());
      if (bin >= 0 && bin < BINS) {
        densities[(int) bin] += 1 / (all.length * width());
      }
    }
  }

  private double width() {
    return 2 * s / BINS;
  }

  /** Returns the middle of a bin. */
  private double middle(int bin) {
    return -s + (bin + 0.5) * width();
  }

  /**
   * Returns the densities at the bins' middles. With the numbers beyond them, they integrate to 1.
   */
  XYSeries series() {
    XYSeries series = Charts.series("samples");
    for (int bin = 0; bin < BINS; bin++) {
      series.add(middle(bin), densities[bin]);
    }
    return series;
  }

  XYIntervalSeriesCollection bars() {
    XYIntervalSeries bars = new XYIntervalSeries("samples");
    for (int bin = 0; bin < BINS; bin++) {
      double x = middle(bin);
      double height = densities[bin];
      bars.add(x, x - width() / 2, x + width() / 2, height, height, height);
    }
    XYIntervalSeriesCollection collection = new XYIntervalSeriesCollection();
    collection.addSeries(bars);
    return collection;
  }

  static XYItemRenderer renderer() {
    XYBarRenderer bars = new XYBarRenderer();
    bars.setBarPainter(new StandardXYBarPainter());
    bars.setShadowVisible(false);
    bars.setUseYInterval(false);
    bars.setSeriesPaint(0, Charts.transparent(Charts.colour(0), 130));
    return bars;
  }
}
