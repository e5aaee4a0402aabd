package org.latentsweep.animation;

import java.awt.AWTError;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** Writes text into pictures without antialiasing, since a palette has no shades for it. */
final class Lettering {
  private static final int SIZE = 12; // pixels
  private static final int ABOVE = 14; // pixels above the base line
  private static final int BELOW = 5; // pixels below it
  private static final int INK = 0xFFFFFFFF;

  private final BufferedImage line;
  private final Graphics2D graphics;

  /**
   * Looks for a font.
   *
   * @param width the width of the longest line, in pixels
   * @throws IOException if Java finds no font; the message says what to install
   */
  Lettering(int width) throws IOException {
    try {
      line = new BufferedImage(width, ABOVE + BELOW, BufferedImage.TYPE_BYTE_BINARY);
      graphics = line.createGraphics();
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, SIZE));
      graphics.setBackground(Color.BLACK);
      graphics.setColor(Color.WHITE);
      width("0"); // Java looks for fonts when they are first used
    } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
      throw new IOException(
          "Cannot write text into pictures: Java finds no fonts here; install fontconfig and a font"
              + " such as fonts-dejavu-core",
          e);
    }
  }

  /** Returns the width of a text, in pixels. */
  int width(String text) {
    return graphics.getFontMetrics().stringWidth(text);
  }

  /**
   * Writes a text. The part to the left of the picture is cut off.
   *
   * @param column the column where it starts
   * @param base the row of its base line
   */
  void write(Canvas canvas, String text, int column, int base) {
    graphics.clearRect(0, 0, line.getWidth(), line.getHeight());
    graphics.drawString(text, 0, ABOVE);
    int end = Math.min(line.getWidth(), width(text) + 1);
    for (int row = 0; row < line.getHeight(); row++) {
      for (int c = Math.max(0, -column); c < end; c++) {
        if (line.getRGB(c, row) == INK) {
          canvas.set(column + c, base - ABOVE + row, Palette.INK);
        }
      }
    }
  }

  /** Writes a text that ends before a column. */
  void writeBefore(Canvas canvas, String text, int end, int base) {
    write(canvas, text, end - width(text), base);
  }

  /** Writes a text that is centred on a column. */
  void writeAround(Canvas canvas, String text, int column, int base) {
    write(canvas, text, column - width(text) / 2, base);
  }
}
