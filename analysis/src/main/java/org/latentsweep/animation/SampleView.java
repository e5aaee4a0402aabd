package org.latentsweep.animation;

/** How samples are shown over their target. */
interface SampleView {
  /** The index of the colour of samples. */
  int SAMPLES = Palette.POINTS;

  /** Returns the axes of the picture. */
  Axes axes();

  /** Returns a note on what is drawn in grey. */
  String note();

  /** Draws the target. */
  void drawTarget(Canvas canvas);

  /**
   * Draws samples.
   *
   * @param points row-major [n, d]
   * @return the number of samples outside the axes
   */
  int draw(Canvas canvas, float[] points);
}
