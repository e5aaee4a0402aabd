package org.latentsweep.divergence;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A kernel density estimate at single points, in the log domain, so that it holds at any distance:
 *
 * <pre>log q_h(x) = log sum_s c_s exp(-|x - m_s|^2 / 2h^2) - log n - d/2 log(2 pi h^2)</pre>
 *
 * over sites s: the samples of one lattice cell of side step, taken together as a count c_s at
 * their mean m_s. A cell with a single sample, as those at the edge of a sample have, is exact.
 *
 * <p>Sites are kept row by row in the order of y and then x, and a query visits rows outwards from
 * its own y, and sites outwards from its own x, until what is left cannot reach exp(-{@value
 * #WINDOW}) of the largest term. Immutable; coordinates may be as large as floats can be.
 */
final class KernelSites {
  private static final double WINDOW = 18;

  private static final double ROUNDING = 1e-12;

  /** A share of the sum so large that what is left must be summed by itself. */
  private static final double DOMINANT = 0.999;

  private static final int NONE = -1;

  /** Lattice index from which two neighbouring floats are a cell. */
  private static final int LATTICE_END = 1 << 29;

  private static final int CELL_OFFSET = 1 << 30;
  private static final int ROW_SHIFT = 32;

  private final int dimensions;
  private final int samples;
  private final double[] x; // [sites]
  private final double[] y; // [sites]
  private final double[] count; // [sites]
  private final double[] logCount; // [sites]
  private final Rows rows;

  /**
   * Sorts samples into sites.
   *
   * @param points row-major [n, d], finite
   * @param dimensions d, 1 or 2
   * @param step side of a cell
   */
  KernelSites(float[] points, int dimensions, double step) {
    this.dimensions = dimensions;
    samples = points.length / dimensions;
    long[] keys = new long[samples];
    for (int i = 0; i < samples; i++) {
      keys[i] = key(points, i, step);
    }
    int[] order = CellOrder.of(keys);
    int[] cellStart = runs(order, keys, 0);
    int size = cellStart.length - 1;
    x = new double[size];
    y = new double[size];
    count = new double[size];
    for (int s = 0; s < size; s++) {
      for (int a = cellStart[s]; a < cellStart[s + 1]; a++) {
        count[s]++;
        x[s] += (x(points, order[a]) - x[s]) / count[s];
        y[s] += (y(points, order[a]) - y[s]) / count[s];
      }
    }
    logCount = Arrays.stream(count).map(Math::log).toArray();
    int[] first = new int[size]; // a sample of each site
    Arrays.setAll(first, s -> order[cellStart[s]]);
    rows = new Rows(runs(first, keys, ROW_SHIFT));
  }

  /** Those sites of another that are listed, ascending; densities are still per its sample. */
  private KernelSites(KernelSites from, int[] listed) {
    dimensions = from.dimensions;
    samples = from.samples;
    x = Arrays.stream(listed).mapToDouble(s -> from.x[s]).toArray();
    y = Arrays.stream(listed).mapToDouble(s -> from.y[s]).toArray();
    count = Arrays.stream(listed).mapToDouble(s -> from.count[s]).toArray();
    logCount = Arrays.stream(count).map(Math::log).toArray();
    long[] rowOf = Arrays.stream(listed).mapToLong(from.rows::of).toArray();
    rows = new Rows(runs(IntStream.range(0, listed.length).toArray(), rowOf, 0));
  }

  /**
   * The sites, ascending, that can have a part in the sum at any point of [-s, s]^d: the others are
   * so much further from all of it than the two nearest sites are that they fall out of the window,
   * also when a sample is left out.
   */
  int[] relevantTo(double s, double h) {
    double radius = s * Math.sqrt(dimensions);
    double nearest = Double.POSITIVE_INFINITY;
    double second = Double.POSITIVE_INFINITY;
    for (int site = 0; site < x.length; site++) {
      double distance = distance(site);
      second = Math.min(second, Math.max(nearest, distance));
      nearest = Math.min(nearest, distance);
    }
    double near = x.length == 1 ? nearest : second;
    double reach = Math.hypot(near + radius, h * Math.sqrt(2 * (WINDOW + Math.log(samples))));
    return IntStream.range(0, x.length).filter(site -> distance(site) <= reach + radius).toArray();
  }

  private double distance(int site) {
    return Math.sqrt(x[site] * x[site] + y[site] * y[site]);
  }

  KernelSites subset(int[] listed) {
    return listed.length == size() ? this : new KernelSites(this, listed);
  }

  private double x(float[] points, int i) {
    return points[i * dimensions];
  }

  private double y(float[] points, int i) {
    return dimensions == 1 ? 0 : points[2 * i + 1];
  }

  /** Orders cells by y, then x; not negative. */
  private long key(float[] points, int i, double step) {
    long row = cell((float) y(points, i), step);
    long column = cell((float) x(points, i), step);
    return (row + CELL_OFFSET) << ROW_SHIFT | (column + CELL_OFFSET);
  }

  /** An integer that grows with the coordinate: the lattice cell, or far out the float's bits. */
  private static int cell(float coordinate, double step) {
    double index = Math.floor(coordinate / step);
    if (Math.abs(index) < LATTICE_END) {
      return (int) index;
    }
    int beyond =
        Float.floatToIntBits(Math.abs(coordinate))
            - Float.floatToIntBits((float) (LATTICE_END * step));
    return (int) Math.signum(index) * (LATTICE_END + Math.max(0, beyond) / 2);
  }

  /** Where runs of equal keys, shifted right, start in an ascending order, and its length. */
  private static int[] runs(int[] order, long[] keys, int shift) {
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

  /** What a query must know of each row before it visits it. */
  private final class Rows {
    private final int[] start; // [rows + 1], sites
    private final double[] rowLogCount; // [rows]
    private final double[] low; // [rows], smallest y
    private final double[] high; // [rows], largest y

    Rows(int[] start) {
      this.start = start;
      rowLogCount = new double[size()];
      low = new double[size()];
      high = new double[size()];
      for (int r = 0; r < size(); r++) {
        rowLogCount[r] = Math.log(Arrays.stream(count, start[r], start[r + 1]).sum());
        low[r] = Arrays.stream(y, start[r], start[r + 1]).min().orElseThrow();
        high[r] = Arrays.stream(y, start[r], start[r + 1]).max().orElseThrow();
      }
    }

    int size() {
      return start.length - 1;
    }

    /** The row of a site. */
    int of(int site) {
      int r = Arrays.binarySearch(start, site);
      return r < 0 ? -r - 2 : r;
    }
  }

  int size() {
    return x.length;
  }

  double x(int site) {
    return x[site];
  }

  double y(int site) {
    return y[site];
  }

  /** The number of samples at a site. */
  double count(int site) {
    return count[site];
  }

  /** log n + d/2 log(2 pi h^2): what is subtracted from the log of the sum. */
  double logNorm(double h) {
    return Math.log(samples) + 0.5 * dimensions * Math.log(2 * Math.PI * h * h);
  }

  /** One point at which the sum is taken; reusable, for one thread. */
  final class Query {
    private final double precision; // 1 / 2h^2
    private int excluded = NONE;
    private int nearest; // site of the largest term, of this query or the last
    private double largest;
    private double sum;
    private double sumOfSquares;

    Query(double h) {
      precision = 1 / (2 * h * h);
    }

    /** Evaluates log sum_s c_s exp(-|x - m_s|^2 / 2h^2). */
    double logSum(double px, double py) {
      largest = term(nearest, px, py); // a bound from the start: queries come in neighbours
      sum = 0;
      sumOfSquares = 0;
      visit(px, py, this::add);
      return largest + Math.log(sum);
    }

    /**
     * sum_i r_i^2 of the last query, in (0, 1], where r_i is the share of sample i in the sum: the
     * reciprocal of the number of samples that determine it.
     */
    double concentration() {
      return sumOfSquares / (sum * sum);
    }

    /**
     * Adds to each site mass times its count times what the log of the sum falls by when one of its
     * samples is left out, -log(1 - r_i).
     */
    void addLeaveOneOut(double px, double py, double mass, double[] onto) {
      double logSum = logSum(px, py);
      int dominant = nearest;
      visit(
          px,
          py,
          (s, term) -> {
            double share = Math.exp(term - logSum) / count[s];
            if (share < DOMINANT) {
              onto[s] -= mass * count[s] * Math.log1p(-share);
            }
          });
      if (count[dominant] == 1 && Math.exp(term(dominant, px, py) - logSum) >= DOMINANT) {
        onto[dominant] += mass * (logSum - logSumWithout(dominant, px, py));
      }
    }

    private double logSumWithout(int site, double px, double py) {
      excluded = site;
      largest = Double.NEGATIVE_INFINITY;
      sum = 0;
      sumOfSquares = 0;
      visit(px, py, this::add);
      excluded = NONE;
      return largest + Math.log(sum);
    }

    /** Below this a term is left out; at great distances rounding alone exceeds the window. */
    private double cutoff() {
      return largest - WINDOW - ROUNDING * Math.abs(largest);
    }

    private double term(int s, double px, double py) {
      double dx = px - x[s];
      double dy = py - y[s];
      return logCount[s] - precision * (dx * dx + dy * dy);
    }

    private void add(int s, double term) {
      if (term > largest) {
        double shrink = Math.exp(largest - term);
        sum *= shrink;
        sumOfSquares *= shrink * shrink;
        largest = term;
        nearest = s;
      }
      double share = Math.exp(term - largest);
      sum += share;
      sumOfSquares += share * share / count[s];
    }

    private void visit(double px, double py, TermVisitor visitor) {
      int start = Arrays.binarySearch(rows.low, py);
      start = start < 0 ? -start - 1 : start;
      double logSamples = Math.log(samples);
      for (int r = start; r < rows.size(); r++) {
        double dy = Math.max(0, rows.low[r] - py);
        if (!reaches(logSamples, dy)) {
          break;
        }
        visitRow(r, px, py, dy, visitor);
      }
      for (int r = start - 1; r >= 0; r--) {
        double dy = Math.max(0, py - rows.high[r]);
        if (!reaches(logSamples, dy)) {
          break;
        }
        visitRow(r, px, py, dy, visitor);
      }
    }

    private void visitRow(int r, double px, double py, double dy, TermVisitor visitor) {
      int from = rows.start[r];
      int to = rows.start[r + 1];
      double bound = rows.rowLogCount[r] - precision * dy * dy;
      double dx = Math.max(0, Math.max(x[from] - px, px - x[to - 1]));
      if (!reaches(bound, dx)) {
        return;
      }
      int start = Arrays.binarySearch(x, from, to, px);
      start = start < 0 ? -start - 1 : start;
      for (int s = start; s < to && reaches(bound, x[s] - px); s++) {
        visitSite(s, px, py, visitor);
      }
      for (int s = start - 1; s >= from && reaches(bound, px - x[s]); s--) {
        visitSite(s, px, py, visitor);
      }
    }

    private boolean reaches(double bound, double dx) {
      return bound - precision * dx * dx >= cutoff();
    }

    private void visitSite(int s, double px, double py, TermVisitor visitor) {
      double term = term(s, px, py);
      if (s != excluded && term >= cutoff()) {
        visitor.visit(s, term);
      }
    }
  }

  private interface TermVisitor {
    void visit(int site, double term);
  }
}
