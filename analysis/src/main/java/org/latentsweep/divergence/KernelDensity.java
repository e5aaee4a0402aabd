package org.latentsweep.divergence;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A Gaussian kernel density estimate with a separate bandwidth for each sample, evaluated exactly
 * at single points, in the log domain, so that it is accurate at any distance from the samples:
 *
 * <pre>log q^(x) = log sum_i exp(-|x - x_i|^2 / 2h_i^2) / h_i^d - log n - d/2 log(2 pi)</pre>
 *
 * <p>The samples are the leaves of a k-d tree. Every node has a box around its samples and bounds
 * of their bandwidths, and so a bound of what they contribute. A query visits the child with the
 * greater bound first, and leaves out a node if all that it could contribute is below exp(-{@value
 * #WINDOW}) / n of the largest term found. All that is left out is below {@value #ERROR} of the
 * density.
 *
 * <p>Source: A. Gray and A. Moore, "Nonparametric density estimation: toward computational
 * tractability" (2003), with one tree instead of two and without its approximation of near nodes.
 * Immutable.
 */
final class KernelDensity {
  /** Chosen by judgement: it leaves an error far below that of the estimate. */
  private static final double WINDOW = 25;

  /** The greatest relative error of the density, exp(-WINDOW) rounded up. */
  static final double ERROR = 1.4e-11;

  /** Nodes of up to this many samples are leaves. Chosen by judgement. */
  private static final int MAX_LEAF_SIZE = 16;

  private final int dimensions;
  private final double[] x; // [n], in the tree's order
  private final double[] y; // [n], zeros in one dimension
  private final double[] precision; // [n], 1 / 2h^2
  private final double[] logPeak; // [n], -d log h
  private final Node root;
  private final double logNorm; // log n + d/2 log(2 pi)

  /**
   * Builds the tree.
   *
   * @param bandwidths bandwidth of each sample in the window
   * @param scale factor by which all bandwidths are multiplied
   */
  KernelDensity(SamplesInWindow samples, double[] bandwidths, double scale) {
    dimensions = samples.dimensions();
    int[] order = IntStream.range(0, samples.size()).toArray();
    sort(samples, order, 0, order.length);
    x = Arrays.stream(order).mapToDouble(samples::x).toArray();
    y = Arrays.stream(order).mapToDouble(samples::y).toArray();
    double[] h = Arrays.stream(order).mapToDouble(i -> bandwidths[i] * scale).toArray();
    precision = Arrays.stream(h).map(b -> 1 / (2 * b * b)).toArray();
    logPeak = Arrays.stream(h).map(b -> -dimensions * Math.log(b)).toArray();
    logNorm = Math.log(samples.total()) + 0.5 * dimensions * Math.log(2 * Math.PI);
    root = new Node(0, order.length);
  }

  /** Reorders samples so that those of every node are a range, and of its children its halves. */
  private static void sort(SamplesInWindow samples, int[] order, int from, int to) {
    if (to - from <= MAX_LEAF_SIZE) {
      return;
    }
    boolean byY = extent(samples::y, order, from, to) > extent(samples::x, order, from, to);
    long[] keyed = new long[to - from];
    for (int i = from; i < to; i++) {
      double key = byY ? samples.y(order[i]) : samples.x(order[i]);
      keyed[i - from] = (long) sortable((float) key) << Integer.SIZE | order[i];
    }
    Arrays.sort(keyed);
    for (int i = from; i < to; i++) {
      order[i] = (int) keyed[i - from];
    }
    int middle = (from + to) >>> 1;
    sort(samples, order, from, middle);
    sort(samples, order, middle, to);
  }

  /** Returns an integer that is ordered as the floats are. */
  private static int sortable(float value) {
    int bits = Float.floatToIntBits(value);
    return bits ^ (bits >> (Integer.SIZE - 1) & Integer.MAX_VALUE);
  }

  private static double extent(IntToDoubleFunction of, int[] order, int from, int to) {
    DoubleSummaryStatistics range =
        Arrays.stream(order, from, to).mapToDouble(of).summaryStatistics();
    return range.getMax() - range.getMin();
  }

  /** A range of samples with what bounds their contribution. */
  private final class Node {
    private final int from;
    private final int to;
    private final DoubleSummaryStatistics rangeX;
    private final DoubleSummaryStatistics rangeY;
    private final double minPrecision;
    private final double maxLogSum; // largest log peak plus the log of the number of samples
    private final Node low; // null in a leaf
    private final Node high; // null in a leaf

    Node(int from, int to) {
      this.from = from;
      this.to = to;
      rangeX = Arrays.stream(x, from, to).summaryStatistics();
      rangeY = Arrays.stream(y, from, to).summaryStatistics();
      minPrecision = Arrays.stream(precision, from, to).min().orElseThrow();
      maxLogSum = Arrays.stream(logPeak, from, to).max().orElseThrow() + Math.log(to - from);
      int middle = (from + to) >>> 1;
      low = to - from <= MAX_LEAF_SIZE ? null : new Node(from, middle);
      high = to - from <= MAX_LEAF_SIZE ? null : new Node(middle, to);
    }

    /** Returns an upper bound of the log of what all its samples contribute at a point. */
    double bound(double px, double py) {
      double dx = Math.max(0, Math.max(rangeX.getMin() - px, px - rangeX.getMax()));
      double dy = Math.max(0, Math.max(rangeY.getMin() - py, py - rangeY.getMax()));
      return maxLogSum - minPrecision * (dx * dx + dy * dy);
    }
  }

  /** Returns log q^ at a point, with a relative error of q^ of at most {@value #ERROR}. */
  double logDensity(double px, double py) {
    Terms terms = new Terms(px, py);
    terms.visit(root, root.bound(px, py));
    return terms.largest + Math.log(terms.sum) - logNorm;
  }

  /** Accumulates the terms at one point. */
  private final class Terms {
    private final double px;
    private final double py;
    private final double margin = WINDOW + Math.log(x.length);
    private double largest = Double.NEGATIVE_INFINITY;
    private double sum; // over exp(largest)

    Terms(double px, double py) {
      this.px = px;
      this.py = py;
    }

    void visit(Node node, double bound) {
      if (bound < largest - margin) {
        return;
      }
      if (node.low == null) {
        for (int i = node.from; i < node.to; i++) {
          double dx = px - x[i];
          double dy = py - y[i];
          add(logPeak[i] - precision[i] * (dx * dx + dy * dy));
        }
        return;
      }
      double low = node.low.bound(px, py);
      double high = node.high.bound(px, py);
      visit(low >= high ? node.low : node.high, Math.max(low, high));
      visit(low >= high ? node.high : node.low, Math.min(low, high));
    }

    private void add(double term) {
      if (term > largest) {
        sum *= Math.exp(largest - term);
        largest = term;
      }
      sum += Math.exp(term - largest);
    }
  }
}
