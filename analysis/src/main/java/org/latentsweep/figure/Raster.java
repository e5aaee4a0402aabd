package org.latentsweep.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/**
 * An image in pixels of the square [-s, s]^2 of a sample space. As vector graphics, thousands of
 * dots would make files that are slow to open.
 */
final class Raster {
  private static final double DOT = 2.2; // pixels

  private final BufferedImage image;
  private final double s;

  /** Makes a transparent image with that many pixels on each side. */
  Raster(int side, double s) {
    this.image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    this.s = s;
  }

  /** Draws points, row-major [n, 2], as dots. */
  void dots(float[] points, Color colour) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(colour);
    for (int i = 0; i < points.length; i += 2) {
      graphics.fill(
          new Rectangle2D.Double(
              pixel(points[i]) - DOT / 2, pixel(-points[i + 1]) - DOT / 2, DOT, DOT));
    }
    graphics.dispose();
  }

  private double pixel(double coordinate) {
    return (coordinate / s + 1) / 2 * image.getWidth();
  }

  /** Makes the image of values [side, side], with row i at y = -s + (i + 1/2) 2s / side. */
  static Raster of(double[][] values, double s, ColourScale colours) {
    Raster raster = new Raster(values.length, s);
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        raster.image.setRGB(j, values.length - 1 - i, colours.of(values[i][j]).getRGB());
      }
    }
    return raster;
  }

  BufferedImage image() {
    return image;
  }
}
