package org.latentsweep.animation;

import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

/** The colours of all frames of an animation: three that every picture has, then its points'. */
final class Palette {
  /** Index of the background. */
  static final int PAPER = 0;

  /** Index of lines and letters. */
  static final int INK = 1;

  /** Index of what shows the target. */
  static final int TARGET = 2;

  /** Index of the first of the points' colours. */
  static final int POINTS = 3;

  private static final int SIZE = 256;
  private static final int[] COMMON = {0xFFFFFF, 0x000000, 0xC8C8C8};

  private Palette() {}

  /**
   * The palette, filled up with paper to the 256 colours that a GIF's can have.
   *
   * @param points the points' colours as 0xRRGGBB, at most 253
   */
  static IndexColorModel of(int... points) {
    int[] colours = new int[SIZE];
    Arrays.fill(colours, COMMON[PAPER]);
    System.arraycopy(COMMON, 0, colours, 0, COMMON.length);
    System.arraycopy(points, 0, colours, COMMON.length, points.length);
    return new IndexColorModel(Byte.SIZE, SIZE, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
  }
}
