package org.latentsweep.training;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix products of {@link VectorMlp}, after Goto and van de Geijn 2008, "Anatomy of
 * High-Performance Matrix Multiplication" (ACM TOMS 34:3): tiles of 6 rows by 2 vectors are summed
 * in twelve registers, so that eight loads feed twelve multiply-adds; the right factor lies in
 * panels as wide as a tile, which are read from end to end and stay in the nearest cache for as
 * long as there are rows.
 *
 * <p>A matrix [n, c] in panels: columns [0, 2V), then columns [2V, 4V) and so on, each panel
 * row-major, V being the lanes of a vector; the last is V wide if that holds what is left. Rows are
 * {@link #panelRows}: n and zeros up to whole tiles, then one row that is added to the product. A
 * plain matrix is row-major with {@link #stride}; what lies beyond its columns is 0.
 *
 * <p>Sums start at zero and run in the order of their index, one lane per element: an element's
 * bits depend neither on the tile it is in nor on how far the code is compiled. The inner loops are
 * written out since a helper around a load makes them 1.6 times slower.
 */
final class VectorProducts {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /** Rows of a tile. */
  static final int TILE = 6;

  private static final int PANEL = 2 * LANES;

  /**
   * The longest sum of a tile. Knowing a bound, the compiler makes one loop of it and not two to
   * halt in between, and keeps the sums in registers: a tenth quicker.
   */
  private static final int DEPTH = 512;

  private VectorProducts() {}

  /** The least multiple of a unit that is not below n. */
  static int roundUp(int n, int unit) {
    return (n + unit - 1) / unit * unit;
  }

  /** Of a matrix with n rows in panels. */
  static int panelRows(int n) {
    return roundUp(n, TILE) + 1;
  }

  /** Elements of an [n, c] matrix in panels. */
  static int panelSize(int n, int c) {
    return panelRows(n) * roundUp(c, LANES);
  }

  /** Where element [i, j] of an [n, c] matrix in panels lies. */
  static int panelIndex(int i, int j, int n, int c) {
    int panel = j / PANEL * PANEL;
    return panel * panelRows(n) + i * panelWidth(panel, c) + j - panel;
  }

  /** Of the panel from column j on. */
  private static int panelWidth(int j, int c) {
    return c - j > LANES ? PANEL : LANES;
  }

  /**
   * Of a plain matrix of c columns: room for a tile across its edge, and an odd number of vectors,
   * since rows a power of two apart compete for the same few places in the cache.
   */
  static int stride(int c) {
    return ((c + TILE + LANES - 1) / LANES | 1) * LANES;
  }

  /**
   * to[r, :] = a[r, :] w + the last row of w, for r in [from, end).
   *
   * @param a [rows, n]
   * @param from a multiple of the tile
   * @param end a multiple of the tile
   * @param w [n, c] in panels
   * @param at where w starts
   * @param to [rows - toFrom, c], first row toFrom
   */
  static void multiply(
      float[] a, int from, int end, float[] w, int at, int n, int c, float[] to, int toFrom) {
    int aStride = stride(n);
    int toStride = stride(c);
    for (int j = 0; j < c; j += PANEL) {
      int panel = at + j * panelRows(n);
      int width = panelWidth(j, c);
      int last = panel + (panelRows(n) - 1) * width;
      for (int i = 0; i < n; i += DEPTH) {
        int depth = Math.min(n - i, DEPTH);
        int wAt = panel + i * width;
        for (int r = from; r < end; r += TILE) {
          int aAt = r * aStride + i;
          int toAt = (r - toFrom) * toStride + j;
          float[] plus = i == 0 ? w : to;
          int plusAt = i == 0 ? last : toAt;
          int plusStride = i == 0 ? 0 : toStride;
          if (width == PANEL) {
            tile(
                a,
                aAt,
                aStride,
                depth,
                w,
                wAt,
                width,
                plus,
                plusAt,
                plusStride,
                to,
                toAt,
                toStride);
          } else {
            narrowTile(
                a,
                aAt,
                aStride,
                depth,
                w,
                wAt,
                width,
                plus,
                plusAt,
                plusStride,
                to,
                toAt,
                toStride);
          }
        }
      }
    }
  }

  private static void tile(
      float[] a,
      int a0,
      int aStride,
      int depth,
      float[] w,
      int wAt,
      int width,
      float[] plus,
      int plusAt,
      int plusStride,
      float[] to,
      int toAt,
      int toStride) {
    int a1 = a0 + aStride;
    int a2 = a1 + aStride;
    int a3 = a2 + aStride;
    int a4 = a3 + aStride;
    int a5 = a4 + aStride;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    int y = wAt; // the step is a variable so that the compiler does not split the loop by checks
    for (int i = 0; i < Math.min(depth, DEPTH); i++) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, w, y);
      FloatVector w1 = FloatVector.fromArray(SPECIES, w, y + LANES);
      FloatVector s = FloatVector.broadcast(SPECIES, a[a0 + i]);
      c00 = s.fma(w0, c00);
      c01 = s.fma(w1, c01);
      s = FloatVector.broadcast(SPECIES, a[a1 + i]);
      c10 = s.fma(w0, c10);
      c11 = s.fma(w1, c11);
      s = FloatVector.broadcast(SPECIES, a[a2 + i]);
      c20 = s.fma(w0, c20);
      c21 = s.fma(w1, c21);
      s = FloatVector.broadcast(SPECIES, a[a3 + i]);
      c30 = s.fma(w0, c30);
      c31 = s.fma(w1, c31);
      s = FloatVector.broadcast(SPECIES, a[a4 + i]);
      c40 = s.fma(w0, c40);
      c41 = s.fma(w1, c41);
      s = FloatVector.broadcast(SPECIES, a[a5 + i]);
      c50 = s.fma(w0, c50);
      c51 = s.fma(w1, c51);
      y += width;
    }
    FloatVector.fromArray(SPECIES, plus, plusAt).add(c00).intoArray(to, toAt);
    FloatVector.fromArray(SPECIES, plus, plusAt + LANES).add(c01).intoArray(to, toAt + LANES);
    FloatVector.fromArray(SPECIES, plus, plusAt + plusStride)
        .add(c10)
        .intoArray(to, toAt + toStride);
    FloatVector.fromArray(SPECIES, plus, plusAt + plusStride + LANES)
        .add(c11)
        .intoArray(to, toAt + toStride + LANES);
    FloatVector.fromArray(SPECIES, plus, plusAt + 2 * plusStride)
        .add(c20)
        .intoArray(to, toAt + 2 * toStride);
    FloatVector.fromArray(SPECIES, plus, plusAt + 2 * plusStride + LANES)
        .add(c21)
        .intoArray(to, toAt + 2 * toStride + LANES);
    FloatVector.fromArray(SPECIES, plus, plusAt + 3 * plusStride)
        .add(c30)
        .intoArray(to, toAt + 3 * toStride);
    FloatVector.fromArray(SPECIES, plus, plusAt + 3 * plusStride + LANES)
        .add(c31)
        .intoArray(to, toAt + 3 * toStride + LANES);
    FloatVector.fromArray(SPECIES, plus, plusAt + 4 * plusStride)
        .add(c40)
        .intoArray(to, toAt + 4 * toStride);
    FloatVector.fromArray(SPECIES, plus, plusAt + 4 * plusStride + LANES)
        .add(c41)
        .intoArray(to, toAt + 4 * toStride + LANES);
    FloatVector.fromArray(SPECIES, plus, plusAt + 5 * plusStride)
        .add(c50)
        .intoArray(to, toAt + 5 * toStride);
    FloatVector.fromArray(SPECIES, plus, plusAt + 5 * plusStride + LANES)
        .add(c51)
        .intoArray(to, toAt + 5 * toStride + LANES);
  }

  /** A tile one vector wide. */
  private static void narrowTile(
      float[] a,
      int a0,
      int aStride,
      int depth,
      float[] w,
      int wAt,
      int width,
      float[] plus,
      int plusAt,
      int plusStride,
      float[] to,
      int toAt,
      int toStride) {
    int a1 = a0 + aStride;
    int a2 = a1 + aStride;
    int a3 = a2 + aStride;
    int a4 = a3 + aStride;
    int a5 = a4 + aStride;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    int y = wAt; // the step is a variable so that the compiler does not split the loop by checks
    for (int i = 0; i < Math.min(depth, DEPTH); i++) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, w, y);
      c0 = FloatVector.broadcast(SPECIES, a[a0 + i]).fma(w0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + i]).fma(w0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[a2 + i]).fma(w0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[a3 + i]).fma(w0, c3);
      c4 = FloatVector.broadcast(SPECIES, a[a4 + i]).fma(w0, c4);
      c5 = FloatVector.broadcast(SPECIES, a[a5 + i]).fma(w0, c5);
      y += width;
    }
    FloatVector.fromArray(SPECIES, plus, plusAt).add(c0).intoArray(to, toAt);
    FloatVector.fromArray(SPECIES, plus, plusAt + plusStride)
        .add(c1)
        .intoArray(to, toAt + toStride);
    FloatVector.fromArray(SPECIES, plus, plusAt + 2 * plusStride)
        .add(c2)
        .intoArray(to, toAt + 2 * toStride);
    FloatVector.fromArray(SPECIES, plus, plusAt + 3 * plusStride)
        .add(c3)
        .intoArray(to, toAt + 3 * toStride);
    FloatVector.fromArray(SPECIES, plus, plusAt + 4 * plusStride)
        .add(c4)
        .intoArray(to, toAt + 4 * toStride);
    FloatVector.fromArray(SPECIES, plus, plusAt + 5 * plusStride)
        .add(c5)
        .intoArray(to, toAt + 5 * toStride);
  }

  /**
   * g += [a 1]^T d over the rows [from, end), at most 512: the gradient of a w + its last row.
   *
   * @param a [rows, n]
   * @param d [rows, c]
   * @param g [n, c] in panels
   * @param at where g starts
   */
  static void addGradient(
      float[] a, float[] d, int from, int end, float[] g, int at, int n, int c) {
    if (end - from > DEPTH) {
      throw new IllegalArgumentException("Cannot sum over " + (end - from) + " rows at once");
    }
    int aStride = stride(n);
    int dStride = stride(c);
    for (int j = 0; j < c; j += PANEL) {
      int panel = at + j * panelRows(n);
      int width = panelWidth(j, c);
      int dAt = from * dStride + j;
      for (int i = 0; i < n; i += TILE) {
        int aAt = from * aStride + i;
        int gAt = panel + i * width;
        if (width == PANEL) {
          gradientTile(a, aAt, aStride, d, dAt, dStride, end - from, g, gAt);
        } else {
          narrowGradientTile(a, aAt, aStride, d, dAt, dStride, end - from, g, gAt);
        }
      }
      int last = panel + (panelRows(n) - 1) * width;
      for (int v = 0; v < width; v += LANES) {
        addColumns(d, dAt + v, dStride, end - from, g, last + v);
      }
    }
  }

  private static void gradientTile(
      float[] a,
      int aAt,
      int aStride,
      float[] d,
      int dAt,
      int dStride,
      int rows,
      float[] g,
      int gAt) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c40 = c00;
    FloatVector c41 = c00;
    FloatVector c50 = c00;
    FloatVector c51 = c00;
    int x = aAt;
    int y = dAt;
    for (int r = 0; r < Math.min(rows, DEPTH); r++) {
      FloatVector d0 = FloatVector.fromArray(SPECIES, d, y);
      FloatVector d1 = FloatVector.fromArray(SPECIES, d, y + LANES);
      FloatVector s = FloatVector.broadcast(SPECIES, a[x]);
      c00 = s.fma(d0, c00);
      c01 = s.fma(d1, c01);
      s = FloatVector.broadcast(SPECIES, a[x + 1]);
      c10 = s.fma(d0, c10);
      c11 = s.fma(d1, c11);
      s = FloatVector.broadcast(SPECIES, a[x + 2]);
      c20 = s.fma(d0, c20);
      c21 = s.fma(d1, c21);
      s = FloatVector.broadcast(SPECIES, a[x + 3]);
      c30 = s.fma(d0, c30);
      c31 = s.fma(d1, c31);
      s = FloatVector.broadcast(SPECIES, a[x + 4]);
      c40 = s.fma(d0, c40);
      c41 = s.fma(d1, c41);
      s = FloatVector.broadcast(SPECIES, a[x + 5]);
      c50 = s.fma(d0, c50);
      c51 = s.fma(d1, c51);
      x += aStride;
      y += dStride;
    }
    FloatVector.fromArray(SPECIES, g, gAt).add(c00).intoArray(g, gAt);
    FloatVector.fromArray(SPECIES, g, gAt + LANES).add(c01).intoArray(g, gAt + LANES);
    FloatVector.fromArray(SPECIES, g, gAt + 2 * LANES).add(c10).intoArray(g, gAt + 2 * LANES);
    FloatVector.fromArray(SPECIES, g, gAt + 3 * LANES).add(c11).intoArray(g, gAt + 3 * LANES);
    FloatVector.fromArray(SPECIES, g, gAt + 4 * LANES).add(c20).intoArray(g, gAt + 4 * LANES);
    FloatVector.fromArray(SPECIES, g, gAt + 5 * LANES).add(c21).intoArray(g, gAt + 5 * LANES);
    FloatVector.fromArray(SPECIES, g, gAt + 6 * LANES).add(c30).intoArray(g, gAt + 6 * LANES);
    FloatVector.fromArray(SPECIES, g, gAt + 7 * LANES).add(c31).intoArray(g, gAt + 7 * LANES);
    FloatVector.fromArray(SPECIES, g, gAt + 8 * LANES).add(c40).intoArray(g, gAt + 8 * LANES);
    FloatVector.fromArray(SPECIES, g, gAt + 9 * LANES).add(c41).intoArray(g, gAt + 9 * LANES);
    FloatVector.fromArray(SPECIES, g, gAt + 10 * LANES).add(c50).intoArray(g, gAt + 10 * LANES);
    FloatVector.fromArray(SPECIES, g, gAt + 11 * LANES).add(c51).intoArray(g, gAt + 11 * LANES);
  }

  /** A tile one vector wide. */
  private static void narrowGradientTile(
      float[] a,
      int aAt,
      int aStride,
      float[] d,
      int dAt,
      int dStride,
      int rows,
      float[] g,
      int gAt) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    int x = aAt;
    int y = dAt;
    for (int r = 0; r < Math.min(rows, DEPTH); r++) {
      FloatVector d0 = FloatVector.fromArray(SPECIES, d, y);
      c0 = FloatVector.broadcast(SPECIES, a[x]).fma(d0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[x + 1]).fma(d0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[x + 2]).fma(d0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[x + 3]).fma(d0, c3);
      c4 = FloatVector.broadcast(SPECIES, a[x + 4]).fma(d0, c4);
      c5 = FloatVector.broadcast(SPECIES, a[x + 5]).fma(d0, c5);
      x += aStride;
      y += dStride;
    }
    FloatVector.fromArray(SPECIES, g, gAt).add(c0).intoArray(g, gAt);
    FloatVector.fromArray(SPECIES, g, gAt + LANES).add(c1).intoArray(g, gAt + LANES);
    FloatVector.fromArray(SPECIES, g, gAt + 2 * LANES).add(c2).intoArray(g, gAt + 2 * LANES);
    FloatVector.fromArray(SPECIES, g, gAt + 3 * LANES).add(c3).intoArray(g, gAt + 3 * LANES);
    FloatVector.fromArray(SPECIES, g, gAt + 4 * LANES).add(c4).intoArray(g, gAt + 4 * LANES);
    FloatVector.fromArray(SPECIES, g, gAt + 5 * LANES).add(c5).intoArray(g, gAt + 5 * LANES);
  }

  /** Adds the sum of one vector of columns. */
  private static void addColumns(float[] d, int dAt, int dStride, int rows, float[] g, int gAt) {
    FloatVector sum = FloatVector.fromArray(SPECIES, g, gAt);
    int y = dAt;
    for (int r = 0; r < rows; r++) {
      sum = sum.add(FloatVector.fromArray(SPECIES, d, y));
      y += dStride;
    }
    sum.intoArray(g, gAt);
  }

  /**
   * to = w^T with a last row of zeros, from panels to panels.
   *
   * @param w [n, c] in panels
   * @param at where w starts
   * @param to [c, n] in panels
   */
  static void transpose(float[] w, int at, int n, int c, float[] to) {
    for (int i = 0; i < n; i += PANEL) { // a panel of to
      int toWidth = panelWidth(i, n);
      int columns = Math.min(toWidth, n - i);
      for (int j = 0; j < c; j++) {
        int panel = j / PANEL * PANEL;
        int width = panelWidth(panel, c);
        int toAt = i * panelRows(c) + j * toWidth;
        int wAt = at + panel * panelRows(n) + i * width + j - panel;
        if (width == PANEL) {
          for (int k = 0; k < columns; k++) { // a constant stride spares a check per element
            to[toAt + k] = w[wAt + k * PANEL];
          }
        } else {
          for (int k = 0; k < columns; k++) {
            to[toAt + k] = w[wAt + k * LANES];
          }
        }
      }
    }
  }
}
