package org.latentsweep.mapping;

/**
 * Hilbert's curve, which joins the middles of 4^order equal cells of the unit square, each to one
 * beside it, and so comes within half a cell of every point along each axis (D. Hilbert, "Ueber die
 * stetige Abbildung einer Linie auf ein Flaechenstueck", Math. Ann. 38, 1891). As the order grows
 * it tends to a map from [0, 1] onto the square that preserves volume: the best that a generator
 * with one latent could learn if it had enough weights.
 *
 * @param order from 1 to {@value #MAX_ORDER}
 */
public record HilbertCurve(int order) {
  /** The greatest order whose 4^order cells can be numbered by an int. */
  private static final int MAX_ORDER = 15;

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public HilbertCurve {
    if (order < 1 || order > MAX_ORDER) {
      throw new IllegalArgumentException(
          "Cannot make a Hilbert curve: order must be in 1.." + MAX_ORDER + ", found " + order);
    }
  }

  /** Returns the number of cells on each side of the square. */
  public int side() {
    return 1 << order;
  }

  /**
   * Computes the point at a share of the length of the curve.
   *
   * @param u the share, in [0, 1]
   * @param point filled with the two coordinates, in (0, 1)
   */
  public void at(double u, double[] point) {
    int last = side() * side() - 1;
    double place = u * last;
    int cell = Math.min(last - 1, (int) place);
    double onwards = place - cell;
    int[] from = cell(cell);
    int[] to = cell(cell + 1);
    for (int j = 0; j < 2; j++) {
      point[j] = (from[j] + onwards * (to[j] - from[j]) + 0.5) / side();
    }
  }

  /**
   * Returns the column and the row of the cell at a position on the curve. From the smallest
   * squares to the largest, each quarter of a square holds the curve of the next smaller size,
   * turned or mirrored so that its ends meet those of its neighbours.
   */
  private int[] cell(int place) {
    int column = 0;
    int row = 0;
    int rest = place;
    for (int size = 1; size < side(); size *= 2) {
      int right = rest / 2 & 1;
      int up = (rest ^ right) & 1;
      if (up == 0) {
        int before = right == 1 ? size - 1 - column : column;
        column = right == 1 ? size - 1 - row : row;
        row = before;
      }
      column += size * right;
      row += size * up;
      rest /= 4;
    }
    return new int[] {column, row};
  }
}
