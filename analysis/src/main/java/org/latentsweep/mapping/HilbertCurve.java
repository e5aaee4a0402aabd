package org.latentsweep.mapping;

/**
 * A curve that comes within half a cell of every point of the unit square: it joins the middles of
 * 4^order equal cells, each to the next beside it (D. Hilbert, "Ueber die stetige Abbildung einer
 * Linie auf ein Flaechenstueck", Math. Ann. 38, 1891). As the order grows it tends to a map from
 * [0, 1] onto the square that keeps volume: what a generator with one latent could at best learn,
 * had it weights enough.
 *
 * @param order 1 to 15
 */
public record HilbertCurve(int order) {
  private static final int HIGHEST = 15; // 4^15 cells still have an int each

  /** Checks the order. */
  public HilbertCurve {
    if (order < 1 || order > HIGHEST) {
      throw new IllegalArgumentException(
          "Cannot make a Hilbert curve: order must be in 1.." + HIGHEST + ", found " + order);
    }
  }

  /** Cells on each side of the square. */
  public int side() {
    return 1 << order;
  }

  /**
   * The point at a share of the curve's length, at even speed.
   *
   * @param u in [0, 1]
   * @param point filled with two coordinates in (0, 1)
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
   * Column and row of the cell at a place on the curve: from the smallest squares to the largest,
   * each of four quarters is the curve so far, turned so that its ends meet its neighbours'.
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
