package org.latentsweep.animation;

import org.latentsweep.random.RandomStream;
import org.latentsweep.target.TargetDistribution;

/** Shows points in the plane over samples of the target. */
final class PointView implements SampleView {
  private static final long SEED = 1;

  private final TargetDistribution target;
  private final Axes axes;

  PointView(TargetDistribution target) {
    this.target = target;
    Range range = Range.symmetric(target.drawnHalfWidth());
    axes = new Axes(range, range);
  }

  @Override
  public Axes axes() {
    return axes;
  }

  @Override
  public String note() {
    return "grey: samples of the target";
  }

  @Override
  public void drawTarget(Canvas canvas) {
    float[] points = new float[2 * TrainingAnimation.POINTS];
    target.sample(RandomStream.DATA.at(SEED, 0), points);
    draw(canvas, points, Palette.TARGET);
  }

  @Override
  public int draw(Canvas canvas, float[] points) {
    return draw(canvas, points, SAMPLES);
  }

  private int draw(Canvas canvas, float[] points, int colour) {
    int outside = 0;
    for (int i = 0; i < points.length; i += 2) {
      if (axes.contains(points[i], points[i + 1])) {
        axes.dot(canvas, points[i], points[i + 1], colour);
      } else {
        outside++;
      }
    }
    return outside;
  }
}
