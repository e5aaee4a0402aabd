package org.latentsweep.animation;

/** How samples are shown over their target. */
interface SampleView {
  /** The index of the samples' colour. */
  int SAMPLES = Palette.POINTS;

  /** What the picture shows. */
  Axes axes();

  /** What is grey and what is not. */
  String note();

  /** Draws the target. */
  void drawTarget(Canvas canvas);

  /**
   * Draws samples.
   *
   * @param points row-major [n, d]
   * @return how many of them lie outside the axes
   */
  int draw(Canvas canvas, float[] points);
}
