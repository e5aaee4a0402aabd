package org.latentsweep.animation;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;

/**
 * A picture whose pixels are indices of a palette. Pixels are set one by one, because Java2D finds
 * the nearest colour of a palette by an inexact table, which is slow and can give a wrong colour.
 */
final class Canvas {
  private final BufferedImage image;
  private final byte[] pixels; // [height, width]
  private final int width;

  /** Makes a picture that is filled with {@link Palette#PAPER}. */
  Canvas(int width, int height, IndexColorModel palette) {
    this.width = width;
    image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, palette);
    pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }

  /** Returns the picture itself, not a copy. */
  BufferedImage image() {
    return image;
  }

  /** Returns a copy of the indices of all pixels, row-major [height, width]. */
  byte[] copy() {
    return pixels.clone();
  }

  /** Sets all pixels to those of a {@link #copy}. */
  void restore(byte[] copy) {
    System.arraycopy(copy, 0, pixels, 0, pixels.length);
  }

  void set(int column, int row, int colour) {
    pixels[row * width + column] = (byte) colour;
  }

  /** Fills a rectangle, given its left column and its top row. */
  void fill(int column, int row, int columns, int rows, int colour) {
    for (int r = row; r < row + rows; r++) {
      for (int c = column; c < column + columns; c++) {
        set(c, r, colour);
      }
    }
  }
}
