package org.latentsweep.divergence;

/**
 * The part of a kernel density estimate that kernels of one bandwidth a make up, on a lattice
 * around its samples: binned linearly, smoothed, and interpolated linearly at any point.
 *
 * <p>The lattice's step is a / {@value #FINE}. Binning and interpolation each spread a sample as if
 * by a triangle of variance step^2 / 6 per axis, which the smoothing kernel leaves out (Wand 1994,
 * "Fast computation of multivariate kernel estimators"), so that on average over positions in a
 * cell the variance is a^2. Kernels end {@value #REACH} bandwidths from their centre. Where the
 * samples spread over more than {@value #MOST_STEPS} steps, steps are longer, and the kernel is no
 * narrower than such a lattice can show. Built by one thread, then immutable.
 */
final class KernelLevel {
  /** Bandwidths from its centre at which a kernel ends. */
  static final double REACH = 5;

  private static final int FINE = 2;
  private static final int MOST_STEPS = 1024;

  /** Of binning, or of interpolation, in steps^2. */
  private static final double TRIANGLE = 1.0 / 6;

  /** The least variance of a smoothing kernel that a lattice can show, in steps^2. */
  private static final double LEAST_VARIANCE = 1;

  private final int dimensions;
  private final double bandwidth;
  private final double step;
  private final double reach; // steps
  private final double lowX;
  private final double lowY;
  private final int columns;
  private final int rows;
  private double[][] density; // [rows, columns]
  private double[][] squares; // [rows, columns], null where they are not wanted
  private double centre; // of the kernel, per unit of weight
  private double beside; // one step from the centre along an axis, over the centre

  private KernelLevel(int dimensions, double bandwidth, double[] box) {
    this.dimensions = dimensions;
    double spread = Math.max(box[1] - box[0], box[3] - box[2]);
    step = Math.max(bandwidth / FINE, spread / MOST_STEPS);
    this.bandwidth = Math.max(bandwidth, step * Math.sqrt(LEAST_VARIANCE + 2 * TRIANGLE));
    reach = 2 * Math.ceil(REACH * this.bandwidth / step / 2);
    lowX = box[0] - (reach + 1) * step;
    lowY = dimensions == 1 ? 0 : box[2] - (reach + 1) * step;
    columns = nodes(box[1] - box[0]);
    rows = dimensions == 1 ? 1 : nodes(box[3] - box[2]);
  }

  private int nodes(double extent) {
    return (int) Math.ceil(extent / step) + 2 * (int) reach + 4;
  }

  /**
   * Smooths samples.
   *
   * @param share of each sample's weight that is of this level; not all 0
   * @param squared whether squared kernels are wanted too
   */
  static KernelLevel of(
      SamplesInWindow samples, double[] share, double bandwidth, boolean squared) {
    KernelLevel level = new KernelLevel(samples.dimensions(), bandwidth, box(samples, share));
    double[][] binned = new double[level.rows][level.columns];
    for (int i = 0; i < share.length; i++) {
      if (share[i] > 0) {
        LatticeValues.bin(binned, level.column(samples.x(i)), level.row(samples.y(i)), share[i]);
      }
    }
    level.smooth(binned, samples.total(), squared);
    return level;
  }

  /** {low x, high x, low y, high y} of the samples that have a share. */
  private static double[] box(SamplesInWindow samples, double[] share) {
    double[] box = {
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    for (int i = 0; i < share.length; i++) {
      if (share[i] > 0) {
        box[0] = Math.min(box[0], samples.x(i));
        box[1] = Math.max(box[1], samples.x(i));
        box[2] = Math.min(box[2], samples.y(i));
        box[3] = Math.max(box[3], samples.y(i));
      }
    }
    return box;
  }

  private void smooth(double[][] binned, int n, boolean squared) {
    double cell = Math.pow(step, dimensions);
    double variance = bandwidth * bandwidth / (step * step);
    density = new GaussianConvolution(Math.sqrt(variance - TRIANGLE), reach).apply(binned);
    LatticeValues.scale(density, 1 / (n * cell));
    if (squared) {
      // N(x; 0, a^2)^2 = (4 pi a^2)^(-d/2) N(x; 0, a^2 / 2)
      double narrow = Math.max(variance / 2 - TRIANGLE, 2 * TRIANGLE);
      squares = new GaussianConvolution(Math.sqrt(narrow), reach).apply(binned);
      double peak = Math.pow(4 * Math.PI * bandwidth * bandwidth, -0.5 * dimensions);
      LatticeValues.scale(squares, peak / ((double) n * n * cell));
    }
    beside = Math.exp(-1 / (2 * (variance - 2 * TRIANGLE)));
    double sum = 1;
    for (int k = 1; k <= reach; k++) {
      sum += 2 * Math.exp(-k * k / (2 * (variance - 2 * TRIANGLE)));
    }
    centre = Math.pow(sum * step, -dimensions) / n;
  }

  /** The continuous index of an x. */
  private double column(double x) {
    return (x - lowX) / step;
  }

  /** The continuous index of a y, in one dimension 0. */
  private double row(double y) {
    return dimensions == 1 ? 0 : (y - lowY) / step;
  }

  /** Adds this level's part at a point to both sums. */
  void addAt(double x, double y, BinnedKernels.Value value) {
    double column = column(x);
    double row = row(y);
    if (!(column >= 0 && column < columns - 1 && row >= 0 && (rows == 1 || row < rows - 1))) {
      return;
    }
    value.density += LatticeValues.interpolate(density, column, row);
    if (squares != null) {
      value.squares += LatticeValues.interpolate(squares, column, row);
    }
  }

  /** What a sample with a share of 1 adds to the density at its own place. */
  double own(double x, double y) {
    return centre * own(column(x)) * (dimensions == 1 ? 1 : own(row(y)));
  }

  /** Along one axis, of a sample that is binned on two nodes and interpolated between them. */
  private double own(double at) {
    double t = at - Math.floor(at);
    return t * t + (1 - t) * (1 - t) + 2 * t * (1 - t) * beside;
  }
}
