package org.latentsweep.animation;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/**
 * The square of a picture in which its data are drawn, with ticks beside it and two lines of text
 * above it.
 *
 * @param x the range of the horizontal axis, from left to right
 * @param y the range of the vertical axis, from bottom to top
 */
record Axes(Range x, Range y) {
  /** The width of the picture in pixels, which must be even for MP4. */
  static final int WIDTH = 480;

  /** The height of the picture in pixels, which must be even for MP4. */
  static final int HEIGHT = 492;

  private static final int LEFT = 40;
  private static final int TOP = 40;
  private static final int SIDE = 428;
  private static final int TITLE_BASE = 15;
  private static final int NOTE_BASE = 32;
  private static final int TICK = 4;

  /** Returns the column of a value of x. */
  int column(double value) {
    return LEFT + pixel(x.share(value));
  }

  /** Returns the row of a value of y. */
  int row(double value) {
    return TOP + SIDE - 1 - pixel(y.share(value));
  }

  private static int pixel(double share) {
    return Math.min(SIDE - 1, (int) (SIDE * share));
  }

  /** Returns the number of columns, which is also the number of rows. */
  static int side() {
    return SIDE;
  }

  /** Returns whether a point lies in the square. */
  boolean contains(double pointX, double pointY) {
    return x.contains(pointX) && y.contains(pointY);
  }

  /** Draws a point that lies in the square, as 2 x 2 pixels. */
  void dot(Canvas canvas, double pointX, double pointY, int colour) {
    int column = Math.min(column(pointX), LEFT + SIDE - 2);
    int row = Math.max(row(pointY), TOP + 1);
    canvas.fill(column, row - 1, 2, 2, colour);
  }

  /** Draws the frame, the ticks and their labels. */
  void draw(Canvas canvas, Lettering lettering) {
    canvas.fill(LEFT - 1, TOP - 1, SIDE + 2, 1, Palette.INK);
    canvas.fill(LEFT - 1, TOP + SIDE, SIDE + 2, 1, Palette.INK);
    canvas.fill(LEFT - 1, TOP, 1, SIDE, Palette.INK);
    canvas.fill(LEFT + SIDE, TOP, 1, SIDE, Palette.INK);
    for (double tick : x.ticks()) {
      canvas.fill(column(tick), TOP + SIDE, 1, TICK, Palette.INK);
      lettering.writeAround(canvas, label(tick), column(tick), TOP + SIDE + TICK + 13);
    }
    for (double tick : y.ticks()) {
      canvas.fill(LEFT - TICK, row(tick), TICK, 1, Palette.INK);
      lettering.writeBefore(canvas, label(tick), LEFT - TICK - 3, row(tick) + 4);
    }
  }

  private static String label(double tick) {
    return new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(tick);
  }

  /** Writes the first line of text. */
  static void title(Canvas canvas, Lettering lettering, String text) {
    lettering.write(canvas, text, LEFT, TITLE_BASE);
  }

  /** Writes the left part of the second line. */
  static void note(Canvas canvas, Lettering lettering, String text) {
    lettering.write(canvas, text, LEFT, NOTE_BASE);
  }

  /** Writes the right part of the second line. */
  static void status(Canvas canvas, Lettering lettering, String text) {
    lettering.writeBefore(canvas, text, LEFT + SIDE, NOTE_BASE);
  }
}
