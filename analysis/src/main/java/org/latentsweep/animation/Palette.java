package org.latentsweep.animation;

import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

/** The colours of an animation: three that every picture has, then those of the points. */
final class Palette {
  /** The index of the background. */
  static final int PAPER = 0;

  /** The index of lines and letters. */
  static final int INK = 1;

  /** The index of the target. */
  static final int TARGET = 2;

  /** The index of the first colour of the points. */
  static final int POINTS = 3;

  private static final int SIZE = 256;
  private static final int[] COMMON = {0xFFFFFF, 0x000000, 0xC8C8C8};

  private Palette() {}

  /**
   * Returns the palette, padded with the background to the 256 colours of a GIF.
   *
   * @param points the colours of the points as 0xRRGGBB, at most 253
   */
  static IndexColorModel of(int... points) {
    int[] colours = new int[SIZE];
    Arrays.fill(colours, COMMON[PAPER]);
    System.arraycopy(COMMON, 0, colours, 0, COMMON.length);
    System.arraycopy(points, 0, colours, COMMON.length, points.length);
    return new IndexColorModel(Byte.SIZE, SIZE, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
  }
}
