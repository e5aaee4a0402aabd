package org.latentsweep.divergence;

/**
 * The lattice of a {@link KernelLevel}, which extends around its samples by the reach of a kernel.
 * Its step is the bandwidth / {@value #STEPS_PER_BANDWIDTH}. If the samples spread over more than
 * {@value #MAX_STEPS} such steps, the steps are longer, and the bandwidth is raised to the smallest
 * one that the lattice can represent.
 *
 * @param dimensions d, 1 or 2
 * @param bandwidth standard deviation of the kernel
 * @param step distance of neighbouring nodes
 * @param reach steps from its centre at which a kernel ends, a multiple of 2
 * @param lowX x of the first column
 * @param lowY y of the first row
 * @param columns number of columns
 * @param rows number of rows, 1 in one dimension
 */
record LevelLattice(
    int dimensions,
    double bandwidth,
    double step,
    double reach,
    double lowX,
    double lowY,
    int columns,
    int rows) {
  /** Bandwidths from its centre at which a kernel ends, below 4e-6 of its height there. */
  static final double REACH = 5;

  /**
   * Variance in steps^2 that binning, and as much again that interpolation, adds to a kernel, as an
   * average over positions in a cell.
   */
  static final double TRIANGLE = 1.0 / 6;

  /** Chosen by judgement: the coarsest lattice that still represents a kernel well. */
  private static final int STEPS_PER_BANDWIDTH = 2;

  /** Chosen by judgement: it bounds the memory and the time of a level. */
  private static final int MAX_STEPS = 1024;

  /** The smallest variance of a smoothing kernel that a lattice can represent, in steps^2. */
  private static final double MIN_VARIANCE = 1;

  /** Returns the lattice for the samples of a level, given by the shares that are above 0. */
  static LevelLattice around(SamplesInWindow samples, double[] share, double bandwidth) {
    double lowX = Double.POSITIVE_INFINITY;
    double highX = Double.NEGATIVE_INFINITY;
    double lowY = Double.POSITIVE_INFINITY;
    double highY = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < share.length; i++) {
      if (share[i] > 0) {
        lowX = Math.min(lowX, samples.x(i));
        highX = Math.max(highX, samples.x(i));
        lowY = Math.min(lowY, samples.y(i));
        highY = Math.max(highY, samples.y(i));
      }
    }
    double spread = Math.max(highX - lowX, highY - lowY);
    double step = Math.max(bandwidth / STEPS_PER_BANDWIDTH, spread / MAX_STEPS);
    double shown = Math.max(bandwidth, step * Math.sqrt(MIN_VARIANCE + 2 * TRIANGLE));
    double reach = 2 * Math.ceil(REACH * shown / step / 2);
    boolean isLine = samples.dimensions() == 1;
    return new LevelLattice(
        samples.dimensions(),
        shown,
        step,
        reach,
        lowX - (reach + 1) * step,
        isLine ? 0 : lowY - (reach + 1) * step,
        nodes(highX - lowX, step, reach),
        isLine ? 1 : nodes(highY - lowY, step, reach));
  }

  private static int nodes(double extent, double step, double reach) {
    return (int) Math.ceil(extent / step) + 2 * (int) reach + 4;
  }

  /** Returns the variance of the kernel in steps^2. */
  double variance() {
    return bandwidth * bandwidth / (step * step);
  }

  /** Returns the volume that a node stands for in sums over nodes. */
  double cellVolume() {
    return Math.pow(step, dimensions);
  }

  /** Returns the continuous index of an x. */
  double column(double x) {
    return (x - lowX) / step;
  }

  /** Returns the continuous index of a y, 0 in one dimension. */
  double row(double y) {
    return dimensions == 1 ? 0 : (y - lowY) / step;
  }

  /** Returns whether values can be interpolated at a point, given by its continuous indices. */
  boolean contains(double column, double row) {
    return column >= 0 && column < columns - 1 && row >= 0 && (rows == 1 || row < rows - 1);
  }
}
