package org.latentsweep.training;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix products of {@link VectorMlp}, after Goto and van de Geijn 2008, "Anatomy of
 * High-Performance Matrix Multiplication" (ACM TOMS 34:3): tiles of 5 rows by 4 vectors are summed
 * in twenty registers, so that nine loads feed twenty multiply-adds; the right factor lies in
 * panels as wide as a tile, which are read from end to end. A tile's left factor keeps to the
 * nearest cache while the panels pass, and what follows a product is done to a tile while it is
 * there. With 16 registers rather than 32, tiles are 5 rows by 2 vectors. Products with an edge of
 * {@link #FEW} or less have loops of their own, without tiles of mostly nothing.
 *
 * <p>A tile's loop is written out, and its method does nothing but sum: the compiler inlines so
 * much and no more into one method, and a vector operation that it does not inline costs an object
 * on the heap. Which ones those are can differ from one JVM to the next. All else is about
 * registers, too: each shape has a method of its own, as a sum that is not used has a register all
 * the same; the panel's index counts the terms; both factors and the sums are in one array, with
 * one address and one length; and each row has an index of its own, which is one addition a term
 * where an index from the first row takes two instructions.
 *
 * <p>Sums start at zero and run in an order that depends on the shapes alone: an element's bits
 * depend neither on the rows beside it nor on how far the code is compiled.
 */
final class VectorProducts {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /** Processors with vectors this long have 32 registers for them, others 16. */
  private static final boolean MANY_REGISTERS = LANES >= 16;

  /** Rows of a tile. Matrices have room for rows up to a whole multiple of them. */
  static final int TILE = 5;

  private static final int PANEL = (MANY_REGISTERS ? 4 : 2) * LANES;

  /** The width of a narrow panel. */
  private static final int NARROW = MANY_REGISTERS ? LANES : PANEL;

  /** Of a gradient's right factor: with the columns of a tile they fit the nearest cache. */
  private static final int PACKED = 96;

  /** Up to so many columns, or terms of a sum, tiles are not worth it. */
  private static final int FEW = 4;

  /** Numbers in a line of the cache. */
  private static final int LINE = 64 / Float.BYTES;

  /** Numbers that the second cache has room for. */
  private static final int NEAR = (1 << 20) / Float.BYTES;

  /** The array that all matrices are in, but for gradients. */
  final float[] data;

  private final int zeros; // for a tile to start from
  private final int sums; // of a tile
  private final int panel; // of a gradient's right factor
  private final int gradient; // a panel of it
  private int touched;

  /**
   * On the matrices that have their places by now.
   *
   * @param most rows that one with a gradient has
   */
  VectorProducts(Layout layout, int most) {
    zeros = layout.take(TILE * PANEL);
    sums = layout.take(TILE * PANEL);
    panel = layout.take(PACKED * PANEL);
    gradient = layout.take(roundUp(most, TILE) * PANEL);
    data = layout.array();
  }

  /** The least multiple of a unit that is not below n. */
  static int roundUp(int n, int unit) {
    return (n + unit - 1) / unit * unit;
  }

  /**
   * Places in an array: in arrays of their own, matrices might start a power of two apart, which is
   * as bad for rows of the same number as it is for rows of one matrix.
   *
   * <p>Every place starts a line of the cache, as vectors that straddle two take twice as long; of
   * that, Java promises nothing. But an array of half a region or more is where a region of the G1
   * collector starts and never moves, and its numbers begin after sixteen bytes.
   */
  static final class Layout {
    private static final int FIRST = LINE - 16 / Float.BYTES;

    /** Numbers that take half a region. */
    private static final int HALF_A_REGION = regionBytes() / 2 / Float.BYTES;

    private int end = FIRST;

    /** Where n numbers go. */
    int take(int n) {
      int at = end;
      end += roundUp(n, LINE);
      return at;
    }

    /** How many numbers there are up to the end of what was taken. */
    int size() {
      return end;
    }

    private float[] array() {
      return new float[Math.max(end, HALF_A_REGION)];
    }

    /** 0 with another collector, or in a JVM that knows no such option. */
    private static int regionBytes() {
      try {
        return ManagementFactory.getPlatformMXBeans(HotSpotDiagnosticMXBean.class).stream()
            .map(jvm -> jvm.getVMOption("G1HeapRegionSize").getValue())
            .mapToInt(Integer::parseInt)
            .findFirst()
            .orElse(0);
      } catch (IllegalArgumentException e) {
        return 0;
      }
    }
  }

  /**
   * A row-major matrix. Rows are padded to an odd number of vectors, since rows a power of two
   * apart compete for the same few places in the cache, with room for a tile across the edge. What
   * pads them is 0, but for the column after the last, which holds ones where the next layer's
   * biases are a row of its weights.
   */
  static final class Rows {
    final int columns;
    final int stride;
    private final int at;

    Rows(Layout layout, int rows, int columns) {
      this.columns = columns;
      int room = Math.max(columns + TILE, roundUp(columns, NARROW));
      stride = (roundUp(room, LANES) / LANES | 1) * LANES;
      at = layout.take(roundUp(rows, TILE) * stride);
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
    final int rows;
    final int columns;
    private final int height;
    private final int at;

    Panels(Layout layout, int rows, int columns) {
      this.rows = rows;
      this.columns = columns;
      height = roundUp(rows, TILE);
      at = layout.take(size());
    }

    private int size() {
      return height * roundUp(columns, NARROW);
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
      return panelWidth(columns - column);
    }
  }

  /** Of a panel for so many columns or the first of them. */
  private static int panelWidth(int columns) {
    return columns > PANEL - NARROW ? PANEL : NARROW;
  }

  /** What becomes of a product z, with a slope. */
  enum Then {
    /** z, times the slope unless it is above 0. */
    ACTIVATE,
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
    for (int r = from; r < end; r += TILE) {
      for (int j = 0, width; j < w.columns; j += width) {
        width = w.width(j);
        sum(a.index(r, 0), a.stride, 1, w.rows, w.panel(j), width, zeros, sums);
        finish(width, to.index(r, j), to.stride, then, slope);
      }
    }
  }

  /**
   * Adds to a tile of sums, at r and c in it, the element x + r row + i term times y + i width + c
   * for every i.
   *
   * @param start where the sums were
   * @param to where they go
   */
  private void sum(int x, int row, int term, int terms, int y, int width, int start, int to) {
    if (!MANY_REGISTERS) {
      fiveByTwo(data, x, row, term, terms, y, start, to);
    } else if (width == PANEL) {
      fiveByFour(data, x, row, term, terms, y, start, to);
    } else {
      fiveByOne(data, x, row, term, terms, y, start, to);
    }
  }

  private static void fiveByFour(
      float[] data, int x, int row, int term, int terms, int y, int start, int sums) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, data, start);
    FloatVector c01 = FloatVector.fromArray(SPECIES, data, start + LANES);
    FloatVector c02 = FloatVector.fromArray(SPECIES, data, start + 2 * LANES);
    FloatVector c03 = FloatVector.fromArray(SPECIES, data, start + 3 * LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, data, start + 4 * LANES);
    FloatVector c11 = FloatVector.fromArray(SPECIES, data, start + 5 * LANES);
    FloatVector c12 = FloatVector.fromArray(SPECIES, data, start + 6 * LANES);
    FloatVector c13 = FloatVector.fromArray(SPECIES, data, start + 7 * LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, data, start + 8 * LANES);
    FloatVector c21 = FloatVector.fromArray(SPECIES, data, start + 9 * LANES);
    FloatVector c22 = FloatVector.fromArray(SPECIES, data, start + 10 * LANES);
    FloatVector c23 = FloatVector.fromArray(SPECIES, data, start + 11 * LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, data, start + 12 * LANES);
    FloatVector c31 = FloatVector.fromArray(SPECIES, data, start + 13 * LANES);
    FloatVector c32 = FloatVector.fromArray(SPECIES, data, start + 14 * LANES);
    FloatVector c33 = FloatVector.fromArray(SPECIES, data, start + 15 * LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, data, start + 16 * LANES);
    FloatVector c41 = FloatVector.fromArray(SPECIES, data, start + 17 * LANES);
    FloatVector c42 = FloatVector.fromArray(SPECIES, data, start + 18 * LANES);
    FloatVector c43 = FloatVector.fromArray(SPECIES, data, start + 19 * LANES);
    int x0 = x;
    int x1 = x0 + row;
    int x2 = x1 + row;
    int x3 = x2 + row;
    int x4 = x3 + row;
    int end = y + terms * PANEL;
    for (int i = y; i < end; i += PANEL) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, data, i);
      FloatVector w1 = FloatVector.fromArray(SPECIES, data, i + LANES);
      FloatVector w2 = FloatVector.fromArray(SPECIES, data, i + 2 * LANES);
      FloatVector w3 = FloatVector.fromArray(SPECIES, data, i + 3 * LANES);
      FloatVector s = FloatVector.broadcast(SPECIES, data[x0]);
      c00 = s.fma(w0, c00);
      c01 = s.fma(w1, c01);
      c02 = s.fma(w2, c02);
      c03 = s.fma(w3, c03);
      s = FloatVector.broadcast(SPECIES, data[x1]);
      c10 = s.fma(w0, c10);
      c11 = s.fma(w1, c11);
      c12 = s.fma(w2, c12);
      c13 = s.fma(w3, c13);
      s = FloatVector.broadcast(SPECIES, data[x2]);
      c20 = s.fma(w0, c20);
      c21 = s.fma(w1, c21);
      c22 = s.fma(w2, c22);
      c23 = s.fma(w3, c23);
      s = FloatVector.broadcast(SPECIES, data[x3]);
      c30 = s.fma(w0, c30);
      c31 = s.fma(w1, c31);
      c32 = s.fma(w2, c32);
      c33 = s.fma(w3, c33);
      s = FloatVector.broadcast(SPECIES, data[x4]);
      c40 = s.fma(w0, c40);
      c41 = s.fma(w1, c41);
      c42 = s.fma(w2, c42);
      c43 = s.fma(w3, c43);
      x0 += term;
      x1 += term;
      x2 += term;
      x3 += term;
      x4 += term;
    }
    c00.intoArray(data, sums);
    c01.intoArray(data, sums + LANES);
    c02.intoArray(data, sums + 2 * LANES);
    c03.intoArray(data, sums + 3 * LANES);
    c10.intoArray(data, sums + 4 * LANES);
    c11.intoArray(data, sums + 5 * LANES);
    c12.intoArray(data, sums + 6 * LANES);
    c13.intoArray(data, sums + 7 * LANES);
    c20.intoArray(data, sums + 8 * LANES);
    c21.intoArray(data, sums + 9 * LANES);
    c22.intoArray(data, sums + 10 * LANES);
    c23.intoArray(data, sums + 11 * LANES);
    c30.intoArray(data, sums + 12 * LANES);
    c31.intoArray(data, sums + 13 * LANES);
    c32.intoArray(data, sums + 14 * LANES);
    c33.intoArray(data, sums + 15 * LANES);
    c40.intoArray(data, sums + 16 * LANES);
    c41.intoArray(data, sums + 17 * LANES);
    c42.intoArray(data, sums + 18 * LANES);
    c43.intoArray(data, sums + 19 * LANES);
  }

  private static void fiveByOne(
      float[] data, int x, int row, int term, int terms, int y, int start, int sums) {
    FloatVector c0 = FloatVector.fromArray(SPECIES, data, start);
    FloatVector c1 = FloatVector.fromArray(SPECIES, data, start + LANES);
    FloatVector c2 = FloatVector.fromArray(SPECIES, data, start + 2 * LANES);
    FloatVector c3 = FloatVector.fromArray(SPECIES, data, start + 3 * LANES);
    FloatVector c4 = FloatVector.fromArray(SPECIES, data, start + 4 * LANES);
    int x0 = x;
    int x1 = x0 + row;
    int x2 = x1 + row;
    int x3 = x2 + row;
    int x4 = x3 + row;
    int end = y + terms * LANES;
    for (int i = y; i < end; i += LANES) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, data, i);
      c0 = FloatVector.broadcast(SPECIES, data[x0]).fma(w0, c0);
      c1 = FloatVector.broadcast(SPECIES, data[x1]).fma(w0, c1);
      c2 = FloatVector.broadcast(SPECIES, data[x2]).fma(w0, c2);
      c3 = FloatVector.broadcast(SPECIES, data[x3]).fma(w0, c3);
      c4 = FloatVector.broadcast(SPECIES, data[x4]).fma(w0, c4);
      x0 += term;
      x1 += term;
      x2 += term;
      x3 += term;
      x4 += term;
    }
    c0.intoArray(data, sums);
    c1.intoArray(data, sums + LANES);
    c2.intoArray(data, sums + 2 * LANES);
    c3.intoArray(data, sums + 3 * LANES);
    c4.intoArray(data, sums + 4 * LANES);
  }

  private static void fiveByTwo(
      float[] data, int x, int row, int term, int terms, int y, int start, int sums) {
    FloatVector c00 = FloatVector.fromArray(SPECIES, data, start);
    FloatVector c01 = FloatVector.fromArray(SPECIES, data, start + LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, data, start + 2 * LANES);
    FloatVector c11 = FloatVector.fromArray(SPECIES, data, start + 3 * LANES);
    FloatVector c20 = FloatVector.fromArray(SPECIES, data, start + 4 * LANES);
    FloatVector c21 = FloatVector.fromArray(SPECIES, data, start + 5 * LANES);
    FloatVector c30 = FloatVector.fromArray(SPECIES, data, start + 6 * LANES);
    FloatVector c31 = FloatVector.fromArray(SPECIES, data, start + 7 * LANES);
    FloatVector c40 = FloatVector.fromArray(SPECIES, data, start + 8 * LANES);
    FloatVector c41 = FloatVector.fromArray(SPECIES, data, start + 9 * LANES);
    int x0 = x;
    int x1 = x0 + row;
    int x2 = x1 + row;
    int x3 = x2 + row;
    int x4 = x3 + row;
    int end = y + terms * PANEL;
    for (int i = y; i < end; i += PANEL) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, data, i);
      FloatVector w1 = FloatVector.fromArray(SPECIES, data, i + LANES);
      FloatVector s = FloatVector.broadcast(SPECIES, data[x0]);
      c00 = s.fma(w0, c00);
      c01 = s.fma(w1, c01);
      s = FloatVector.broadcast(SPECIES, data[x1]);
      c10 = s.fma(w0, c10);
      c11 = s.fma(w1, c11);
      s = FloatVector.broadcast(SPECIES, data[x2]);
      c20 = s.fma(w0, c20);
      c21 = s.fma(w1, c21);
      s = FloatVector.broadcast(SPECIES, data[x3]);
      c30 = s.fma(w0, c30);
      c31 = s.fma(w1, c31);
      s = FloatVector.broadcast(SPECIES, data[x4]);
      c40 = s.fma(w0, c40);
      c41 = s.fma(w1, c41);
      x0 += term;
      x1 += term;
      x2 += term;
      x3 += term;
      x4 += term;
    }
    c00.intoArray(data, sums);
    c01.intoArray(data, sums + LANES);
    c10.intoArray(data, sums + 2 * LANES);
    c11.intoArray(data, sums + 3 * LANES);
    c20.intoArray(data, sums + 4 * LANES);
    c21.intoArray(data, sums + 5 * LANES);
    c30.intoArray(data, sums + 6 * LANES);
    c31.intoArray(data, sums + 7 * LANES);
    c40.intoArray(data, sums + 8 * LANES);
    c41.intoArray(data, sums + 9 * LANES);
  }

  /** From a tile's sums to where they belong. */
  private void finish(int width, int to, int stride, Then then, float slope) {
    int sum = sums;
    for (int r = 0; r < TILE; r++) {
      if (width == 4 * LANES) { // written out: short loops inside long ones are slow
        FloatVector z0 = FloatVector.fromArray(SPECIES, data, sum);
        FloatVector z1 = FloatVector.fromArray(SPECIES, data, sum + LANES);
        FloatVector z2 = FloatVector.fromArray(SPECIES, data, sum + 2 * LANES);
        FloatVector z3 = FloatVector.fromArray(SPECIES, data, sum + 3 * LANES);
        finish(z0, to, then, slope);
        finish(z1, to + LANES, then, slope);
        finish(z2, to + 2 * LANES, then, slope);
        finish(z3, to + 3 * LANES, then, slope);
      } else {
        for (int v = 0; v < width; v += LANES) {
          finish(FloatVector.fromArray(SPECIES, data, sum + v), to + v, then, slope);
        }
      }
      sum += width;
      to += stride;
    }
  }

  private void finish(FloatVector z, int to, Then then, float slope) {
    FloatVector gate = then == Then.GATE ? FloatVector.fromArray(SPECIES, data, to) : z;
    z.mul(slope).blend(z, gate.compare(VectorOperators.GT, 0)).intoArray(data, to);
  }

  /** One vector of all rows at a time: few terms a sum, and zeros up to four. */
  private void multiplyByRows(
      Rows a, int from, int end, Panels w, Rows to, Then then, float slope) {
    for (int j = 0, width; j < w.columns; j += width) {
      width = w.width(j);
      for (int v = 0; v < width; v += LANES) {
        int y = w.panel(j) + v;
        FloatVector w0 = FloatVector.fromArray(SPECIES, data, y);
        FloatVector w1 = FloatVector.fromArray(SPECIES, data, y + width);
        FloatVector w2 = FloatVector.fromArray(SPECIES, data, y + 2 * width);
        FloatVector w3 = FloatVector.fromArray(SPECIES, data, y + 3 * width);
        int x = a.index(from, 0);
        int z = to.index(from, j + v);
        for (int r = from; r < end; r++) {
          FloatVector sum = w0.mul(data[x]);
          sum = FloatVector.broadcast(SPECIES, data[x + 1]).fma(w1, sum);
          sum = FloatVector.broadcast(SPECIES, data[x + 2]).fma(w2, sum);
          sum = FloatVector.broadcast(SPECIES, data[x + 3]).fma(w3, sum);
          finish(sum, z, then, slope);
          x += a.stride;
          z += to.stride;
        }
      }
    }
  }

  /** A tile's rows of one column at a time: few columns. */
  private void multiplyByDots(
      Rows a, int from, int end, Panels w, Panels transposed, Rows to, Then then, float slope) {
    for (int r = from; r < end; r += TILE) {
      for (int j = 0; j < w.columns; j++) {
        dots(a, r, transposed, j);
        float bias = w.rows > transposed.columns ? data[w.index(w.rows - 1, j)] : 0;
        for (int i = 0; i < TILE; i++) {
          int toAt = to.index(r + i, j);
          float z = bias + sum(sums + i * LANES);
          float gate = then == Then.GATE ? data[toAt] : z;
          data[toAt] = gate > 0 ? z : z * slope;
        }
      }
    }
  }

  /** Of a tile's rows and row j of w, still to be summed over the lanes. */
  private void dots(Rows a, int r, Panels w, int j) {
    int a0 = a.index(r, 0);
    int a1 = a0 + a.stride;
    int a2 = a1 + a.stride;
    int a3 = a2 + a.stride;
    int a4 = a3 + a.stride;
    FloatVector c0 = FloatVector.zero(SPECIES);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    for (int i = 0; i < w.columns; i += LANES) {
      FloatVector w0 = FloatVector.fromArray(SPECIES, data, w.index(j, i));
      c0 = FloatVector.fromArray(SPECIES, data, a0 + i).fma(w0, c0);
      c1 = FloatVector.fromArray(SPECIES, data, a1 + i).fma(w0, c1);
      c2 = FloatVector.fromArray(SPECIES, data, a2 + i).fma(w0, c2);
      c3 = FloatVector.fromArray(SPECIES, data, a3 + i).fma(w0, c3);
      c4 = FloatVector.fromArray(SPECIES, data, a4 + i).fma(w0, c4);
    }
    c0.intoArray(data, sums);
    c1.intoArray(data, sums + LANES);
    c2.intoArray(data, sums + 2 * LANES);
    c3.intoArray(data, sums + 3 * LANES);
    c4.intoArray(data, sums + 4 * LANES);
  }

  /** Of the lanes from there on. */
  private float sum(int from) {
    float sum = 0;
    for (int i = 0; i < LANES; i++) {
      sum += data[from + i];
    }
    return sum;
  }

  /**
   * a^T d over the rows [from, end).
   *
   * @param a [rows, n]
   * @param d [rows, c]
   * @param g where it is put, or added to what is there, in the places of w
   * @param w [n, c]
   * @param add whether to add it
   */
  void gradient(Rows a, Rows d, int from, int end, float[] g, Panels w, boolean add) {
    if (w.columns <= FEW) {
      gradientOfFew(a, d, from, end, g, w, add);
      return;
    }
    touch(a, from, end);
    for (int j = 0, width; j < w.columns; j += width) {
      width = w.width(j);
      sumGradient(a, d, from, end, w.rows, j, width);
      copy(gradient, g, w.panel(j), w.height * width, add);
    }
  }

  /** As (d^T a)^T: few columns. */
  private void gradientOfFew(Rows a, Rows d, int from, int end, float[] g, Panels w, boolean add) {
    for (int i = 0, width; i < w.rows; i += width) {
      width = panelWidth(w.rows - i);
      sumGradient(d, a, from, end, w.columns, i, width);
      for (int k = 0; k < Math.min(width, w.rows - i); k++) {
        for (int j = 0; j < w.columns; j++) {
          int at = w.index(i + k, j);
          g[at] = (add ? g[at] : 0) + data[gradient + j * width + k];
        }
      }
    }
  }

  /** Of a^T d over the rows [from, end), the panel from a column on, of n rows. */
  private void sumGradient(Rows a, Rows d, int from, int end, int n, int column, int width) {
    for (int r = from; r < end; r += PACKED) {
      int rows = Math.min(end - r, PACKED);
      pack(d, r, r + rows, column, width);
      for (int i = 0; i < n; i += TILE) {
        int at = gradient + i * width;
        sum(a.index(r, i), 1, a.stride, rows, panel, width, r == from ? zeros : at, at);
      }
    }
  }

  /**
   * Reads rows [from, end) on their way to the near caches, in the one order that the processor
   * foresees: tiles would wait for every line. Small networks are there anyway.
   */
  private void touch(Rows a, int from, int end) {
    if (panel < NEAR) { // all matrices lie before it
      return;
    }
    int bits = 0; // as a sum of floats takes four cycles a line
    for (int i = a.index(from, 0); i < a.index(end, 0); i += LINE) {
      bits ^= Float.floatToRawIntBits(data[i]);
    }
    touched = bits;
  }

  /** Copies a panel's columns, for the tiles to read from end to end. */
  private void pack(Rows d, int from, int end, int column, int width) {
    for (int v = 0; v < width; v += LANES) { // outside, as a short loop inside is slow
      int at = d.index(from, column + v);
      int to = panel + v;
      for (int r = from; r < end; r++) {
        FloatVector.fromArray(SPECIES, data, at).intoArray(data, to);
        at += d.stride;
        to += width;
      }
    }
  }

  /** Puts n numbers into g, or adds them to what is there. */
  private void copy(int from, float[] g, int at, int n, boolean add) {
    if (add) {
      for (int i = 0; i < n; i += LANES) {
        FloatVector sum = FloatVector.fromArray(SPECIES, data, from + i);
        FloatVector.fromArray(SPECIES, g, at + i).add(sum).intoArray(g, at + i);
      }
    } else {
      System.arraycopy(data, from, g, at, n);
    }
  }

  /**
   * to = w^T.
   *
   * @param w at least [n, c]
   * @param to [c, n]
   */
  void transpose(Panels w, Panels to) {
    for (int i = 0, toWidth; i < to.columns; i += toWidth) { // a panel of to
      toWidth = to.width(i);
      int columns = Math.min(toWidth, to.columns - i);
      for (int j = 0; j < to.rows; j++) {
        int toAt = to.panel(i) + j * toWidth;
        int wAt = w.index(i, j);
        if (w.width(w.start(j)) == PANEL) {
          for (int k = 0; k < columns; k++) { // a constant stride spares a check per element
            data[toAt + k] = data[wAt + k * PANEL];
          }
        } else {
          for (int k = 0; k < columns; k++) {
            data[toAt + k] = data[wAt + k * NARROW];
          }
        }
      }
    }
  }
}
