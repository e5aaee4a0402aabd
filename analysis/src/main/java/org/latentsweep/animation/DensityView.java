package org.latentsweep.animation;

import java.util.stream.IntStream;
import org.latentsweep.target.TargetDistribution;

/**
 * The density of numbers as a histogram over the density of the target. Bars are cut at the top.
 */
final class DensityView implements SampleView {
  private static final int BARS = 107; // of four columns each, which fill the width

  private final double[] density; // of the target, [columns]
  private final Axes axes;

  DensityView(TargetDistribution target) {
    Range range = Range.symmetric(target.drawnHalfWidth());
    int columns = Axes.side();
    density =
        IntStream.range(0, columns)
            .mapToDouble(c -> range.low() + (range.high() - range.low()) * (c + 0.5) / columns)
            .map(x -> Math.exp(target.logDensity(new double[] {x})))
            .toArray();
    double highest = IntStream.range(0, columns).mapToDouble(c -> density[c]).max().orElseThrow();
    axes = new Axes(range, new Range(0, 2 * highest));
  }

  @Override
  public Axes axes() {
    return axes;
  }

  @Override
  public String note() {
    return "grey: density of the target";
  }

  @Override
  public void drawTarget(Canvas canvas) {
    int first = axes.column(axes.x().low());
    for (int c = 0; c < density.length; c++) {
      column(canvas, first + c, density[c], Palette.TARGET);
    }
  }

  @Override
  public int draw(Canvas canvas, float[] points) {
    int[] counts = new int[BARS];
    int outside = 0;
    for (float x : points) {
      if (axes.x().contains(x)) {
        counts[Math.min(BARS - 1, (int) (BARS * axes.x().share(x)))]++;
      } else {
        outside++;
      }
    }
    drawBars(canvas, counts, points.length);
    return outside;
  }

  private void drawBars(Canvas canvas, int[] counts, int n) {
    double width = (axes.x().high() - axes.x().low()) / BARS;
    int columns = Axes.side() / BARS;
    int first = axes.column(axes.x().low());
    for (int bar = 0; bar < BARS; bar++) {
      for (int c = 0;
          c < columns - 1;
          c++) { // one column is left free, so that the target shows between bars
        column(canvas, first + bar * columns + c, counts[bar] / (n * width), SAMPLES);
      }
    }
  }

  private void column(Canvas canvas, int column, double height, int colour) {
    int bottom = axes.row(0);
    int top = axes.row(Math.min(height, axes.y().high()));
    canvas.fill(column, top, 1, bottom - top, colour);
  }
}
