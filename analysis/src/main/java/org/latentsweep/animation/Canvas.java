package org.latentsweep.animation;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;

/**
 * A picture whose pixels are indices of a palette. They are set one by one: Java2D would take each
 * colour to the palette's nearest by a rough table, which is slow and not always the right one.
 */
final class Canvas {
  private final BufferedImage image;
  private final byte[] pixels; // [height, width]
  private final int width;

  /** All paper. */
  Canvas(int width, int height, IndexColorModel palette) {
    this.width = width;
    image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, palette);
    pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }

  /** The picture itself, not a copy. */
  BufferedImage image() {
    return image;
  }

  /** The indices of all pixels, row-major [height, width]. */
  byte[] copy() {
    return pixels.clone();
  }

  /** Draws over everything with what {@link #copy} gave. */
  void restore(byte[] copy) {
    System.arraycopy(copy, 0, pixels, 0, pixels.length);
  }

  void set(int column, int row, int colour) {
    pixels[row * width + column] = (byte) colour;
  }

  /** Fills the pixels from a column and a row on. */
  void fill(int column, int row, int columns, int rows, int colour) {
    for (int r = row; r < row + rows; r++) {
      for (int c = column; c < column + columns; c++) {
        set(c, r, colour);
      }
    }
  }
}
