package org.latentsweep.training;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix products of {@link VectorMlp}, after Goto and van de Geijn 2008, "Anatomy of
 * High-Performance Matrix Multiplication" (ACM TOMS 34:3). A product is computed in tiles of 5 rows
 * by 4 vectors. The sums of a tile stay in twenty registers, so that nine loads feed twenty
 * multiply-adds. The right factor is stored in panels as wide as a tile, which are read
 * sequentially. The left factor's rows of a tile stay in the L1 cache while all panels are read,
 * and the epilogue that follows a product is applied to each tile while it is in that cache. With
 * 16 registers instead of 32, tiles are 5 rows by 2 vectors. Products with at most {@value
 * #MAX_UNTILED} columns or terms have separate loops, since their tiles would be mostly padding.
 *
 * <p>The loop of a tile is written out, and its method does nothing but sum. The compiler inlines
 * only a limited amount of code into one method, and a vector operation that it does not inline
 * allocates an object on the heap; which operations those are can differ from one JVM to the next.
 * The code is also written to save registers. Each tile shape has its own method, because a sum
 * that is not used would still occupy a register. The index into the panel also counts the terms.
 * Both factors and the sums are in one array, with one address and one length. Each row has its own
 * index, which costs one addition per term, while an index relative to the first row costs two
 * instructions.
 *
 * <p>Sums start at zero and are added in an order that depends on the shapes alone. The bits of an
 * element therefore depend neither on the rows beside it nor on whether the code is compiled.
 */
final class VectorProducts {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /**
   * Whether there are 32 vector registers, as with AVX-512; processors with shorter vectors have
   * 16.
   */
  private static final boolean MANY_REGISTERS = LANES >= 16;

  /**
   * The number of rows of a tile, to a multiple of which matrices are padded. Chosen by measurement
   * (BENCHMARKS.md).
   */
  static final int TILE = 5;

  /** The width of a panel, which is that of a tile. */
  private static final int PANEL = (MANY_REGISTERS ? 4 : 2) * LANES;

  /** The width of a narrow panel, which pads a few last columns less. */
  private static final int NARROW_PANEL = MANY_REGISTERS ? LANES : PANEL;

  /**
   * The number of rows of a gradient's right factor that are copied at a time. In a panel they take
   * 24 KB with 16 lanes, so that they fit into the L1 cache together with the columns of a tile.
   */
  private static final int PACKED_ROWS = 96;

  /**
   * Products with at most this many columns, or sums of at most this many terms, are computed
   * without tiles. The loop for few terms is written out for 4; the same limit on columns was
   * chosen by judgement.
   */
  private static final int MAX_UNTILED = 4;

  /** How many numbers are in a line of the cache, which has 64 bytes on x86-64. */
  private static final int LINE_FLOATS = 64 / Float.BYTES;

  /** How many numbers fit into the L2 cache. Chosen by judgement: 1 MiB is a common size. */
  private static final int L2_FLOATS = (1 << 20) / Float.BYTES;

  /** The array that contains all matrices except gradients. */
  final float[] data;

  // Indices in data
  private final int zeros; // the sums that a tile starts from
  private final int sums; // the sums of a tile
  private final int panel; // a copy of some rows of a gradient's right factor
  private final int gradient; // one panel of a gradient

  private int prefetched; // a use of what prefetch reads, so that the compiler keeps the reads

  /**
   * Creates the array of the matrices for which the layout has reserved places.
   *
   * @param maxRows the maximum number of rows of a matrix with a gradient
   */
  VectorProducts(Layout layout, int maxRows) {
    zeros = layout.reserve(TILE * PANEL);
    sums = layout.reserve(TILE * PANEL);
    panel = layout.reserve(PACKED_ROWS * PANEL);
    gradient = layout.reserve(Math.multiplyExact(roundUp(maxRows, TILE), PANEL));
    data = layout.array();
  }

  /** Returns the smallest multiple of {@code unit} that is at least n. */
  static int roundUp(int n, int unit) {
    return (n + unit - 1) / unit * unit;
  }

  /**
   * Assigns matrices their places in one array. In separate arrays, matrices might start a power of
   * two apart, so that their rows would compete for the same places in the cache.
   *
   * <p>Every matrix starts at a line of the cache, because access to a vector that straddles two
   * lines takes twice as long. Java does not guarantee any alignment. The G1 collector, however,
   * places an array of half a region or more at the start of a region and never moves it, and the
   * numbers of an array begin after a header of 16 bytes.
   */
  static final class Layout {
    /** The first index that is at the start of a cache line. */
    private static final int FIRST = LINE_FLOATS - 16 / Float.BYTES;

    /** How many numbers take half a region. */
    private static final int HALF_REGION = regionBytes() / 2 / Float.BYTES;

    private int end = FIRST;

    /** Reserves a place for n numbers and returns its first index. */
    int reserve(int n) {
      int at = end;
      end = Math.addExact(end, roundUp(n, LINE_FLOATS));
      return at;
    }

    /** Returns the index after the last reserved place. */
    int size() {
      return end;
    }

    private float[] array() {
      return new float[Math.max(end, HALF_REGION)];
    }

    /** Returns the size of a region; 0 with another collector or in a JVM without this option. */
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
   * A row-major matrix. Each row is padded to an odd number of vectors, since rows a power of two
   * apart would compete for the same places in the cache, and has room for a tile that extends
   * beyond the last column. The padding is 0, except that the column after the last one holds ones
   * if the matrix is multiplied by weights whose last row holds biases.
   */
  static final class Rows {
    final int columns;
    final int stride;
    private final int at;

    Rows(Layout layout, int rows, int columns) {
      this.columns = columns;
      int room = Math.max(columns + TILE, roundUp(columns, NARROW_PANEL));
      stride = (roundUp(room, LANES) / LANES | 1) * LANES;
      at = layout.reserve(Math.multiplyExact(roundUp(rows, TILE), stride));
    }

    int index(int row, int column) {
      return at + row * stride + column;
    }
  }

  /**
   * A matrix [n, c] stored in panels: columns [0, p), then columns [p, 2p) and so on, where p is
   * the width of a tile. Each panel is row-major. The last columns are in narrow panels if those
   * need less padding. The padding is 0.
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
      at = layout.reserve(size());
    }

    private int size() {
      return Math.multiplyExact(height, roundUp(columns, NARROW_PANEL));
    }

    int index(int row, int column) {
      int start = start(column);
      return panel(start) + row * width(start) + column - start;
    }

    /** Returns the index of the panel that starts at a column. */
    private int panel(int column) {
      return at + column * height;
    }

    /** Returns the first column of the panel that contains a column. */
    private int start(int column) {
      int full = column / PANEL * PANEL;
      return width(full) == PANEL ? full : column / NARROW_PANEL * NARROW_PANEL;
    }

    /** Returns the width of the panel that starts at a column. */
    private int width(int column) {
      return panelWidth(columns - column);
    }
  }

  /** Returns the width of the first panel of a matrix with that many columns. */
  private static int panelWidth(int columns) {
    return columns > PANEL - NARROW_PANEL ? PANEL : NARROW_PANEL;
  }

  /** The operation that is applied to a product z, with a slope. */
  enum Epilogue {
    /** Multiplies z by the slope unless z is above 0. */
    ACTIVATE,
    /** Multiplies z by the slope unless the number that it replaces is above 0. */
    GATE
  }

  /**
   * Computes to = a w for the rows [from, end) and applies the epilogue.
   *
   * @param a [rows, n], including a column of ones if the last row of w holds biases
   * @param from a multiple of {@link #TILE}
   * @param end a multiple of {@link #TILE}
   * @param w [n, c]
   * @param transposed w^T: [c, n], or [c, n - 1] if the last row of w holds biases
   * @param to [rows, c]
   * @param epilogue the operation that is applied to the product
   * @param slope the slope of the epilogue
   */
  void multiply(
      Rows a,
      int from,
      int end,
      Panels w,
      Panels transposed,
      Rows to,
      Epilogue epilogue,
      float slope) {
    if (w.columns <= MAX_UNTILED) {
      multiplyByDots(a, from, end, w, transposed, to, epilogue, slope);
    } else if (w.rows <= MAX_UNTILED) {
      multiplyByRows(a, from, end, w, to, epilogue, slope);
    } else {
      multiplyByTiles(a, from, end, w, to, epilogue, slope);
    }
  }

  private void multiplyByTiles(
      Rows a, int from, int end, Panels w, Rows to, Epilogue epilogue, float slope) {
    for (int r = from; r < end; r += TILE) {
      for (int j = 0, width; j < w.columns; j += width) {
        width = w.width(j);
        sum(a.index(r, 0), a.stride, 1, w.rows, w.panel(j), width, zeros, sums);
        finish(width, to.index(r, j), to.stride, epilogue, slope);
      }
    }
  }

  /**
   * Adds products to a tile of sums. To the sum in row r and column c it adds, for i = 0 to terms -
   * 1 in this order, data[x + r row + i term] data[y + i width + c].
   *
   * @param start the index of the sums before
   * @param to the index of the sums after
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

  /** Applies the epilogue to the sums of a tile and writes the results to their matrix. */
  private void finish(int width, int to, int stride, Epilogue epilogue, float slope) {
    int sum = sums;
    for (int r = 0; r < TILE; r++) {
      if (width == 4 * LANES) { // written out, because a short loop inside a long one is slow
        FloatVector z0 = FloatVector.fromArray(SPECIES, data, sum);
        FloatVector z1 = FloatVector.fromArray(SPECIES, data, sum + LANES);
        FloatVector z2 = FloatVector.fromArray(SPECIES, data, sum + 2 * LANES);
        FloatVector z3 = FloatVector.fromArray(SPECIES, data, sum + 3 * LANES);
        finish(z0, to, epilogue, slope);
        finish(z1, to + LANES, epilogue, slope);
        finish(z2, to + 2 * LANES, epilogue, slope);
        finish(z3, to + 3 * LANES, epilogue, slope);
      } else {
        for (int v = 0; v < width; v += LANES) {
          finish(FloatVector.fromArray(SPECIES, data, sum + v), to + v, epilogue, slope);
        }
      }
      sum += width;
      to += stride;
    }
  }

  /** Applies the epilogue to one vector and writes the result. */
  private void finish(FloatVector z, int to, Epilogue epilogue, float slope) {
    FloatVector gate = epilogue == Epilogue.GATE ? FloatVector.fromArray(SPECIES, data, to) : z;
    z.mul(slope).blend(z, gate.compare(VectorOperators.GT, 0)).intoArray(data, to);
  }

  /**
   * Multiplies by a matrix with few rows, one vector of columns at a time for all rows. It always
   * adds four terms, of which the padding's are zero.
   */
  private void multiplyByRows(
      Rows a, int from, int end, Panels w, Rows to, Epilogue epilogue, float slope) {
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
          finish(sum, z, epilogue, slope);
          x += a.stride;
          z += to.stride;
        }
      }
    }
  }

  /** Multiplies by a matrix with few columns, one column at a time for the rows of a tile. */
  private void multiplyByDots(
      Rows a,
      int from,
      int end,
      Panels w,
      Panels transposed,
      Rows to,
      Epilogue epilogue,
      float slope) {
    for (int r = from; r < end; r += TILE) {
      for (int j = 0; j < w.columns; j++) {
        dots(a, r, transposed, j);
        float bias = w.rows > transposed.columns ? data[w.index(w.rows - 1, j)] : 0;
        for (int i = 0; i < TILE; i++) {
          int toAt = to.index(r + i, j);
          float z = bias + sum(sums + i * LANES);
          float gate = epilogue == Epilogue.GATE ? data[toAt] : z;
          data[toAt] = gate > 0 ? z : z * slope;
        }
      }
    }
  }

  /**
   * Computes the dot products of a tile's rows and row j of w, which still have to be summed over
   * the lanes.
   */
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

  /** Returns the sum over the lanes of the vector at an index. */
  private float sum(int from) {
    float sum = 0;
    for (int i = 0; i < LANES; i++) {
      sum += data[from + i];
    }
    return sum;
  }

  /**
   * Computes a^T d over the rows [from, end).
   *
   * @param a [rows, n]
   * @param d [rows, c]
   * @param g receives the gradient, at the indices that w has in data
   * @param w [n, c]
   * @param add whether to add the gradient to the numbers in g or to replace them
   */
  void gradient(Rows a, Rows d, int from, int end, float[] g, Panels w, boolean add) {
    if (w.columns <= MAX_UNTILED) {
      gradientOfFewColumns(a, d, from, end, g, w, add);
      return;
    }
    prefetch(a, from, end);
    for (int j = 0, width; j < w.columns; j += width) {
      width = w.width(j);
      sumGradient(a, d, from, end, w.rows, j, width);
      copy(gradient, g, w.panel(j), w.height * width, add);
    }
  }

  /** Computes a gradient with few columns as (d^T a)^T. */
  private void gradientOfFewColumns(
      Rows a, Rows d, int from, int end, float[] g, Panels w, boolean add) {
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

  /**
   * Sums the panel of a^T d that starts at a column, over the rows [from, end).
   *
   * @param n the number of rows of a^T d
   */
  private void sumGradient(Rows a, Rows d, int from, int end, int n, int column, int width) {
    for (int r = from; r < end; r += PACKED_ROWS) {
      int rows = Math.min(end - r, PACKED_ROWS);
      pack(d, r, r + rows, column, width);
      for (int i = 0; i < n; i += TILE) {
        int at = gradient + i * width;
        sum(a.index(r, i), 1, a.stride, rows, panel, width, r == from ? zeros : at, at);
      }
    }
  }

  /**
   * Reads the rows [from, end) in sequence, so that the processor loads them into the near caches
   * ahead of use. Tiles read them in another order and would wait for each cache line.
   */
  private void prefetch(Rows a, int from, int end) {
    if (panel < L2_FLOATS) { // all matrices are before the panel and fit into the L2 cache
      return;
    }
    int bits = 0; // an integer, because an addition of floats takes four cycles
    for (int i = a.index(from, 0); i < a.index(end, 0); i += LINE_FLOATS) {
      bits ^= Float.floatToRawIntBits(data[i]);
    }
    prefetched = bits;
  }

  /** Copies some rows of a panel's columns, so that the tiles read them sequentially. */
  private void pack(Rows d, int from, int end, int column, int width) {
    for (int v = 0; v < width; v += LANES) { // the outer loop, because a short inner loop is slow
      int at = d.index(from, column + v);
      int to = panel + v;
      for (int r = from; r < end; r++) {
        FloatVector.fromArray(SPECIES, data, at).intoArray(data, to);
        at += d.stride;
        to += width;
      }
    }
  }

  /** Copies n numbers into g, or adds them to the numbers there. */
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
   * Computes to = w^T.
   *
   * @param w [n, c], or [n + 1, c] if the last row holds biases, which are left out
   * @param to [c, n]
   */
  void transpose(Panels w, Panels to) {
    for (int i = 0, toWidth; i < to.columns; i += toWidth) { // one panel of to at a time
      toWidth = to.width(i);
      int columns = Math.min(toWidth, to.columns - i);
      for (int j = 0; j < to.rows; j++) {
        int toAt = to.panel(i) + j * toWidth;
        int wAt = w.index(i, j);
        if (w.width(w.start(j)) == PANEL) {
          // The constant stride avoids a bounds check per element.
          for (int k = 0; k < columns; k++) {
            data[toAt + k] = data[wAt + k * PANEL];
          }
        } else {
          for (int k = 0; k < columns; k++) {
            data[toAt + k] = data[wAt + k * NARROW_PANEL];
          }
        }
      }
    }
  }
}
