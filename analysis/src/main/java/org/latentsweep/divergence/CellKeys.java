package org.latentsweep.divergence;

import java.util.Arrays;

/**
 * Keys of the lattice cells that samples lie in. Their order is that of the cells by y and then by
 * x; the upper half of a key is that of the cell's row.
 */
final class CellKeys {
  /** The number of bits to shift a key right to get its row. */
  static final int ROW_SHIFT = 32;

  /**
   * The lattice index from which two neighbouring floats make up a cell: far out a lattice with a
   * fixed step would need more cells than there are integers.
   */
  private static final int LATTICE_END = 1 << 29;

  /** Makes indices non-negative, so that keys are too. */
  private static final int CELL_OFFSET = 1 << 30;

  private CellKeys() {}

  /**
   * Returns the key of each sample, not negative.
   *
   * @param points samples, row-major [n, d], finite
   * @param dimensions d, 1 or 2
   * @param step side of a cell
   */
  static long[] of(float[] points, int dimensions, double step) {
    long[] keys = new long[points.length / dimensions];
    for (int i = 0; i < keys.length; i++) {
      long row = index(dimensions == 1 ? 0 : points[2 * i + 1], step);
      long column = index(points[i * dimensions], step);
      keys[i] = (row + CELL_OFFSET) << ROW_SHIFT | (column + CELL_OFFSET);
    }
    return keys;
  }

  /**
   * Returns an integer that does not decrease with the coordinate: the index of the lattice cell,
   * or far out one from the bits of the float.
   */
  private static int index(float coordinate, double step) {
    double index = Math.floor(coordinate / step);
    if (Math.abs(index) < LATTICE_END) {
      return (int) index;
    }
    int beyond =
        Float.floatToIntBits(Math.abs(coordinate))
            - Float.floatToIntBits((float) (LATTICE_END * step));
    return (int) Math.signum(index) * (LATTICE_END + Math.max(0, beyond) / 2);
  }

  /**
   * Returns where runs of equal keys start in an order, followed by the length of the order.
   *
   * @param order indices of keys such that the keys ascend
   * @param shift bits at the end of each key to ignore
   */
  static int[] runs(int[] order, long[] keys, int shift) {
    int[] starts = new int[order.length + 1];
    int runs = 0;
    for (int a = 0; a < order.length; a++) {
      if (a == 0 || keys[order[a]] >> shift != keys[order[a - 1]] >> shift) {
        starts[runs++] = a;
      }
    }
    starts[runs] = order.length;
    return Arrays.copyOf(starts, runs + 1);
  }
}
