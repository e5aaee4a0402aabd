package org.latentsweep.training;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix products of {@link VectorMlp}, after Goto and van de Geijn 2008, "Anatomy of
 * High-Performance Matrix Multiplication" (ACM TOMS 34:3): tiles of 4 rows by 4 vectors are summed
 * in sixteen registers, so that eight loads feed sixteen multiply-adds; the right factor lies in
 * panels as wide as a tile, which are read from end to end. A tile's left factor keeps to the
 * nearest cache while the panels pass, and what follows a product is done to a tile while it is
 * there. With 16 registers rather than 32, tiles are 6 rows by 2 vectors. Products with an edge of
 * {@link #FEW} or less have loops of their own, without tiles of mostly nothing.
 *
 * <p>A tile's loop is written out, and its method does nothing but sum: the compiler inlines so
 * much and no more into one method, and a vector operation that it does not inline costs an object
 * on the heap. Which ones those are can differ from one JVM to the next. Each shape has a method of
 * its own, as a sum that is not used has a register all the same; and each row an index of its own,
 * which is one addition a term where an index from the first row takes two instructions.
 *
 * <p>Sums start at zero and run in an order that depends on the shapes alone: an element's bits
 * depend neither on the rows beside it nor on how far the code is compiled.
 */
final class VectorProducts {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /** Processors with vectors this long have 32 registers for them, others 16. */
  private static final boolean MANY_REGISTERS = LANES >= 16;

  private static final int TILE_ROWS = MANY_REGISTERS ? 4 : 6;

  private static final int PANEL = (MANY_REGISTERS ? 4 : 2) * LANES;

  /** Matrices have room for rows up to a whole multiple of this: of tiles, and of four rows. */
  static final int TILE = MANY_REGISTERS ? 4 : 12;

  /** The width of a narrow panel. */
  private static final int NARROW = MANY_REGISTERS ? LANES : PANEL;

  /**
   * The longest sum of a tile. Knowing a bound, the compiler makes one loop of it and not two to
   * halt in between, and keeps the sums in registers: a tenth quicker.
   */
  static final int DEPTH = 768;

  /**
   * That a gradient is summed over before it is added to what is there. A panel of so many rows and
   * the columns of a tile are as much as the nearest cache holds, or twice that where a tile does
   * more with what it reads.
   */
  static final int MOST_ROWS = roundUp(MANY_REGISTERS ? 256 : 128, TILE);

  /** Up to so many columns, or terms of a sum, tiles are not worth it. */
  private static final int FEW = 4;

  /**
   * Where in an array matrices start. The JVM puts large arrays on pages of their own; sixteen
   * bytes in, the numbers begin, and from here on vectors do not straddle two lines of the cache.
   */
  private static final int FIRST = (64 - 16) / Float.BYTES;

  private static final int LINE = 64 / Float.BYTES;

  /** Numbers that the second cache has room for. */
  private static final int NEAR = (1 << 20) / Float.BYTES;

  private final float[] sums = new float[TILE_ROWS * PANEL]; // of a tile
  private final float[] panel =
      new float[FIRST + MOST_ROWS * PANEL]; // of a gradient's right factor
  private float touched;

  /** The least multiple of a unit that is not below n. */
  static int roundUp(int n, int unit) {
    return (n + unit - 1) / unit * unit;
  }

  /**
   * A row-major matrix. Rows are padded to an odd number of vectors, since rows a power of two
   * apart compete for the same few places in the cache, with room for a tile across the edge. What
   * pads them is 0, but for the column after the last, which holds ones where the next layer's
   * biases are a row of its weights.
   */
  static final class Rows {
    final float[] data;
    final int at;
    final int columns;
    final int stride;

    private Rows(float[] data, int at, int columns) {
      this.data = data;
      this.at = at;
      this.columns = columns;
      stride = stride(columns);
    }

    /**
     * Matrices of these columns in one array. In arrays of their own they might start a power of
     * two apart, which is as bad for rows of the same number as it is for rows of one matrix.
     */
    static Rows[] inOneArray(int rows, int[] columns) {
      int[] at = new int[columns.length + 1];
      at[0] = FIRST;
      for (int l = 0; l < columns.length; l++) {
        at[l + 1] = at[l] + roundUp(rows, TILE) * stride(columns[l]);
      }
      float[] data = new float[at[columns.length]];
      Rows[] matrices = new Rows[columns.length];
      for (int l = 0; l < columns.length; l++) {
        matrices[l] = new Rows(data, at[l], columns[l]);
      }
      return matrices;
    }

    private static int stride(int columns) {
      return ((columns + TILE + LANES - 1) / LANES | 1) * LANES;
    }

    int index(int row, int column) {
      return at + row * stride + column;
    }
  }

  /**
   * A matrix [n, c] in panels: columns [0, p), then columns [p, 2p) and so on, each panel
   * row-major, p being the width of a tile; in narrow panels if what is left fits into fewer
   * columns so. What pads them is 0.
   */
  static final class Panels {
    final float[] data;
    final int at;
    final int rows;
    final int columns;
    private final int height;

    private Panels(float[] data, int at, int rows, int columns) {
      this.data = data;
      this.at = at;
      this.rows = rows;
      this.columns = columns;
      height = roundUp(rows, TILE);
    }

    /** Matrices of these rows and columns in one array. */
    static Panels[] inOneArray(int[] rows, int[] columns) {
      int[] at = new int[rows.length + 1];
      at[0] = FIRST;
      for (int l = 0; l < rows.length; l++) {
        at[l + 1] = at[l] + size(rows[l], columns[l]);
      }
      float[] data = new float[at[rows.length]];
      Panels[] panels = new Panels[rows.length];
      for (int l = 0; l < rows.length; l++) {
        panels[l] = new Panels(data, at[l], rows[l], columns[l]);
      }
      return panels;
    }

    private static int size(int rows, int columns) {
      return roundUp(rows, TILE) * roundUp(columns, NARROW);
    }

    int index(int row, int column) {
      int start = start(column);
      return panel(start) + row * width(start) + column - start;
    }

    /** Where the panel from a column on starts. */
    private int panel(int column) {
      return at + column * height;
    }

    /** The first column of the panel with this one. */
    private int start(int column) {
      int full = column / PANEL * PANEL;
      return width(full) == PANEL ? full : column / NARROW * NARROW;
    }

    /** Of the panel from a column on. */
    private int width(int column) {
      return columns - column > PANEL - NARROW ? PANEL : NARROW;
    }
  }

  /** What becomes of a product z, with a slope. */
  enum Then {
    /** z, times the slope unless it is above 0. */
    ACTIVATE,
    /** The same of z plus what was there. */
    ADD_AND_ACTIVATE,
    /** z, times the slope unless what was there is above 0. */
    GATE
  }

  /**
   * to = a w for the rows [from, end), and then.
   *
   * @param a [rows, n], ones included
   * @param from a multiple of the tile
   * @param end a multiple of the tile
   * @param w [n, c]
   * @param transposed [c, n], or [c, n - 1] if the last row of w holds biases
   * @param to [rows, c]
   * @param then {@link Then#ACTIVATE}, or {@link Then#GATE} if n is not above {@link #DEPTH}
   */
  void multiply(
      Rows a, int from, int end, Panels w, Panels transposed, Rows to, Then then, float slope) {
    if (w.columns <= FEW) {
      multiplyByDots(a, from, end, w, transposed, to, then, slope);
    } else if (w.rows <= FEW) {
      multiplyByRows(a, from, end, w, to, then, slope);
    } else {
      multiplyByTiles(a, from, end, w, to, then, slope);
    }
  }

  private void multiplyByTiles(
      Rows a, int from, int end, Panels w, Rows to, Then then, float slope) {
    for (int r = from; r < end; r += TILE_ROWS) {
      for (int j = 0, width; j < w.columns; j += width) {
        width = w.width(j);
        int toAt = to.index(r, j);
        for (int i = 0; i < w.rows; i += DEPTH) {
          int depth = Math.min(w.rows - i, DEPTH);
          int wAt = w.panel(j) + i * width;
          sum(a.data, a.index(r, i), a.stride, 1, depth, w.data, wAt, width);
          Then now = i == 0 ? then : Then.ADD_AND_ACTIVATE;
          float by = i + depth == w.rows ? slope : 1;
          finish(sums, width, to.data, toAt, to.stride, now, by);
        }
      }
    }
  }

  /**
   * The sums over i of the term a[x + r row + i term] w[y + i width + c], for r and c in the tile.
   */
  private void sum(float[] a, int x, int row, int term, int terms, float[] w, int y, int width) {
    if (!MANY_REGISTERS) {
      sixByTwo(a, x, row, term, terms, w, y, sums);
    } else if (width == PANEL) {
      fourByFour(a, x, row, term, terms, w, y, sums);
    } else {
      fourByOne(a, x, row, term, terms, w, y, sums);
    }
  }

  private static void fourByFour(
      float[] a, int x, int row, int term, int terms, float[] w, int y, float[] sums) {
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = c00;
    FloatVector c02 = c00;
    FloatVector c03 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c12 = c00;
    FloatVector c13 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c22 = c00;
    FloatVector c23 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    FloatVector c32 = c00;
    FloatVector c33 = c00;
    int x0 = x;
    int x1 = x0 + row;
    int x2 = x1 + row;
    int x3 = x2 + row;
    for (int i = 0; i < Math.min(terms, DEPTH); i++) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, w, y);
      FloatVector w1 = FloatVector.fromArray(SPECIES, w, y + LANES);
      FloatVector w2 = FloatVector.fromArray(SPECIES, w, y + 2 * LANES);
      FloatVector w3 = FloatVector.fromArray(SPECIES, w, y + 3 * LANES);
      FloatVector s = FloatVector.broadcast(SPECIES, a[x0]);
      c00 = s.fma(w0, c00);
      c01 = s.fma(w1, c01);
      c02 = s.fma(w2, c02);
      c03 = s.fma(w3, c03);
      s = FloatVector.broadcast(SPECIES, a[x1]);
      c10 = s.fma(w0, c10);
      c11 = s.fma(w1, c11);
      c12 = s.fma(w2, c12);
      c13 = s.fma(w3, c13);
      s = FloatVector.broadcast(SPECIES, a[x2]);
      c20 = s.fma(w0, c20);
      c21 = s.fma(w1, c21);
      c22 = s.fma(w2, c22);
      c23 = s.fma(w3, c23);
      s = FloatVector.broadcast(SPECIES, a[x3]);
      c30 = s.fma(w0, c30);
      c31 = s.fma(w1, c31);
      c32 = s.fma(w2, c32);
      c33 = s.fma(w3, c33);
      x0 += term;
      x1 += term;
      x2 += term;
      x3 += term;
      y += PANEL;
    }
    c00.intoArray(sums, 0);
    c01.intoArray(sums, LANES);
    c02.intoArray(sums, 2 * LANES);
    c03.intoArray(sums, 3 * LANES);
    c10.intoArray(sums, 4 * LANES);
    c11.intoArray(sums, 5 * LANES);
    c12.intoArray(sums, 6 * LANES);
    c13.intoArray(sums, 7 * LANES);
    c20.intoArray(sums, 8 * LANES);
    c21.intoArray(sums, 9 * LANES);
    c22.intoArray(sums, 10 * LANES);
    c23.intoArray(sums, 11 * LANES);
    c30.intoArray(sums, 12 * LANES);
    c31.intoArray(sums, 13 * LANES);
    c32.intoArray(sums, 14 * LANES);
    c33.intoArray(sums, 15 * LANES);
  }

  private static void fourByOne(
      float[] a, int x, int row, int term, int terms, float[] w, int y, float[] sums) {
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    int x0 = x;
    int x1 = x0 + row;
    int x2 = x1 + row;
    int x3 = x2 + row;
    for (int i = 0; i < Math.min(terms, DEPTH); i++) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, w, y);
      c0 = FloatVector.broadcast(SPECIES, a[x0]).fma(w0, c0);
      c1 = FloatVector.broadcast(SPECIES, a[x1]).fma(w0, c1);
      c2 = FloatVector.broadcast(SPECIES, a[x2]).fma(w0, c2);
      c3 = FloatVector.broadcast(SPECIES, a[x3]).fma(w0, c3);
      x0 += term;
      x1 += term;
      x2 += term;
      x3 += term;
      y += LANES;
    }
    c0.intoArray(sums, 0);
    c1.intoArray(sums, LANES);
    c2.intoArray(sums, 2 * LANES);
    c3.intoArray(sums, 3 * LANES);
  }

  private static void sixByTwo(
      float[] a, int x, int row, int term, int terms, float[] w, int y, float[] sums) {
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
    int x0 = x;
    int x1 = x0 + row;
    int x2 = x1 + row;
    int x3 = x2 + row;
    int x4 = x3 + row;
    int x5 = x4 + row;
    int end = y + terms * PANEL;
    for (int i = y; i < end; i += PANEL) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, w, i);
      FloatVector w1 = FloatVector.fromArray(SPECIES, w, i + LANES);
      FloatVector s = FloatVector.broadcast(SPECIES, a[x0]);
      c00 = s.fma(w0, c00);
      c01 = s.fma(w1, c01);
      s = FloatVector.broadcast(SPECIES, a[x1]);
      c10 = s.fma(w0, c10);
      c11 = s.fma(w1, c11);
      s = FloatVector.broadcast(SPECIES, a[x2]);
      c20 = s.fma(w0, c20);
      c21 = s.fma(w1, c21);
      s = FloatVector.broadcast(SPECIES, a[x3]);
      c30 = s.fma(w0, c30);
      c31 = s.fma(w1, c31);
      s = FloatVector.broadcast(SPECIES, a[x4]);
      c40 = s.fma(w0, c40);
      c41 = s.fma(w1, c41);
      s = FloatVector.broadcast(SPECIES, a[x5]);
      c50 = s.fma(w0, c50);
      c51 = s.fma(w1, c51);
      x0 += term;
      x1 += term;
      x2 += term;
      x3 += term;
      x4 += term;
      x5 += term;
    }
    c00.intoArray(sums, 0);
    c01.intoArray(sums, LANES);
    c10.intoArray(sums, 2 * LANES);
    c11.intoArray(sums, 3 * LANES);
    c20.intoArray(sums, 4 * LANES);
    c21.intoArray(sums, 5 * LANES);
    c30.intoArray(sums, 6 * LANES);
    c31.intoArray(sums, 7 * LANES);
    c40.intoArray(sums, 8 * LANES);
    c41.intoArray(sums, 9 * LANES);
    c50.intoArray(sums, 10 * LANES);
    c51.intoArray(sums, 11 * LANES);
  }

  /** From a tile's sums to where they belong. */
  private static void finish(
      float[] sums, int width, float[] to, int toAt, int toStride, Then then, float slope) {
    for (int i = 0; i < TILE_ROWS * width; i += width) {
      for (int v = 0; v < width; v += LANES) {
        finish(FloatVector.fromArray(SPECIES, sums, i + v), to, toAt + v, then, slope);
      }
      toAt += toStride;
    }
  }

  private static void finish(FloatVector z, float[] to, int at, Then then, float slope) {
    if (then == Then.GATE) {
      FloatVector gate = FloatVector.fromArray(SPECIES, to, at);
      z.mul(slope).blend(z, gate.compare(VectorOperators.GT, 0)).intoArray(to, at);
    } else if (then == Then.ADD_AND_ACTIVATE) {
      activate(FloatVector.fromArray(SPECIES, to, at).add(z), to, at, slope);
    } else {
      activate(z, to, at, slope);
    }
  }

  private static void activate(FloatVector z, float[] to, int at, float slope) {
    z.mul(slope).blend(z, z.compare(VectorOperators.GT, 0)).intoArray(to, at);
  }

  /** One row at a time: few terms a sum, and zeros up to four. */
  private static void multiplyByRows(
      Rows a, int from, int end, Panels w, Rows to, Then then, float slope) {
    for (int r = from; r < end; r++) {
      int aAt = a.index(r, 0);
      int toAt = to.index(r, 0);
      FloatVector s0 = FloatVector.broadcast(SPECIES, a.data[aAt]);
      FloatVector s1 = FloatVector.broadcast(SPECIES, a.data[aAt + 1]);
      FloatVector s2 = FloatVector.broadcast(SPECIES, a.data[aAt + 2]);
      FloatVector s3 = FloatVector.broadcast(SPECIES, a.data[aAt + 3]);
      for (int j = 0, width; j < w.columns; j += width) {
        width = w.width(j);
        for (int v = 0; v < width; v += LANES) {
          int y = w.panel(j) + v;
          FloatVector z = s0.mul(FloatVector.fromArray(SPECIES, w.data, y));
          z = s1.fma(FloatVector.fromArray(SPECIES, w.data, y + width), z);
          z = s2.fma(FloatVector.fromArray(SPECIES, w.data, y + 2 * width), z);
          z = s3.fma(FloatVector.fromArray(SPECIES, w.data, y + 3 * width), z);
          finish(z, to.data, toAt + j + v, then, slope);
        }
      }
    }
  }

  /** Four rows of one column at a time: few columns. */
  private void multiplyByDots(
      Rows a, int from, int end, Panels w, Panels transposed, Rows to, Then then, float slope) {
    for (int r = from; r < end; r += 4) {
      for (int j = 0; j < w.columns; j++) {
        dots(a, r, transposed, j, sums);
        float bias = w.rows > transposed.columns ? w.data[w.index(w.rows - 1, j)] : 0;
        for (int i = 0; i < 4; i++) {
          int toAt = to.index(r + i, j);
          float z = bias + sum(sums, i * LANES);
          float gate = then == Then.GATE ? to.data[toAt] : z;
          to.data[toAt] = gate > 0 ? z : z * slope;
        }
      }
    }
  }

  /** Of four rows and row j of w, still to be summed over the lanes. */
  private static void dots(Rows a, int r, Panels w, int j, float[] sums) {
    int a0 = a.index(r, 0);
    int a1 = a0 + a.stride;
    int a2 = a1 + a.stride;
    int a3 = a2 + a.stride;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    for (int i = 0; i < w.columns; i += LANES) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, w.data, w.index(j, i));
      c0 = FloatVector.fromArray(SPECIES, a.data, a0 + i).fma(w0, c0);
      c1 = FloatVector.fromArray(SPECIES, a.data, a1 + i).fma(w0, c1);
      c2 = FloatVector.fromArray(SPECIES, a.data, a2 + i).fma(w0, c2);
      c3 = FloatVector.fromArray(SPECIES, a.data, a3 + i).fma(w0, c3);
    }
    c0.intoArray(sums, 0);
    c1.intoArray(sums, LANES);
    c2.intoArray(sums, 2 * LANES);
    c3.intoArray(sums, 3 * LANES);
  }

  private static float sum(float[] lanes, int from) {
    float sum = 0;
    for (int i = from; i < from + LANES; i++) {
      sum += lanes[i];
    }
    return sum;
  }

  /**
   * a^T d over the rows [from, end), at most {@link #MOST_ROWS}.
   *
   * @param a [rows, n]
   * @param d [rows, c]
   * @param g [n, c]
   * @param scratch [c, n]
   * @param add whether to add it to g
   */
  void gradient(Rows a, Rows d, int from, int end, Panels g, Panels scratch, boolean add) {
    if (g.columns > FEW) {
      gradientByTiles(a, d, from, end, g, add);
      return;
    }
    gradientByTiles(d, a, from, end, scratch, false); // d^T a
    for (int j = 0; j < g.columns; j++) {
      for (int i = 0; i < g.rows; i++) {
        float before = add ? g.data[g.index(i, j)] : 0;
        g.data[g.index(i, j)] = before + scratch.data[scratch.index(j, i)];
      }
    }
  }

  private void gradientByTiles(Rows a, Rows d, int from, int end, Panels g, boolean add) {
    touch(a, from, end);
    for (int j = 0, width; j < g.columns; j += width) {
      width = g.width(j);
      pack(d, from, end, j, width);
      for (int i = 0; i < g.rows; i += TILE_ROWS) {
        sum(a.data, a.index(from, i), 1, a.stride, end - from, panel, FIRST, width);
        finish(sums, TILE_ROWS * width, g.data, g.panel(j) + i * width, add);
      }
    }
  }

  /**
   * Reads rows [from, end) on their way to the near caches, in the one order that the processor
   * foresees: tiles would wait for every line. Small networks are there anyway.
   */
  private void touch(Rows a, int from, int end) {
    if (a.data.length < NEAR) {
      return;
    }
    float sum = 0;
    for (int i = a.index(from, 0); i < a.index(end, 0); i += LINE) {
      sum += a.data[i];
    }
    touched = sum;
  }

  /** Copies a panel's columns, for the tiles to read from end to end. */
  private void pack(Rows d, int from, int end, int column, int width) {
    int to = FIRST;
    for (int r = from; r < end; r++) {
      int at = d.index(r, column);
      for (int v = 0; v < width; v += LANES) {
        FloatVector.fromArray(SPECIES, d.data, at + v).intoArray(panel, to + v);
      }
      to += width;
    }
  }

  /** From a tile's sums to where they belong. */
  private static void finish(float[] sums, int n, float[] g, int gAt, boolean add) {
    if (add) {
      for (int i = 0; i < n; i += LANES) {
        FloatVector sum = FloatVector.fromArray(SPECIES, sums, i);
        FloatVector.fromArray(SPECIES, g, gAt + i).add(sum).intoArray(g, gAt + i);
      }
    } else {
      System.arraycopy(sums, 0, g, gAt, n);
    }
  }

  /**
   * to = w^T.
   *
   * @param w at least [n, c]
   * @param to [c, n]
   */
  static void transpose(Panels w, Panels to) {
    for (int i = 0, toWidth; i < to.columns; i += toWidth) { // a panel of to
      toWidth = to.width(i);
      int columns = Math.min(toWidth, to.columns - i);
      for (int j = 0; j < to.rows; j++) {
        int toAt = to.panel(i) + j * toWidth;
        int wAt = w.index(i, j);
        if (w.width(w.start(j)) == PANEL) {
          for (int k = 0; k < columns; k++) { // a constant stride spares a check per element
            to.data[toAt + k] = w.data[wAt + k * PANEL];
          }
        } else {
          for (int k = 0; k < columns; k++) {
            to.data[toAt + k] = w.data[wAt + k * NARROW];
          }
        }
      }
    }
  }
}
