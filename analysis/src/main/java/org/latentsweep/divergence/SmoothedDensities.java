package org.latentsweep.divergence;

import org.latentsweep.target.TargetDistribution;

/**
 * The densities that {@link SmoothedDivergences} compares, for pictures in two dimensions: the
 * smoothed target p_h = p * N_h, and the smoothed samples q_h(x) = 1/n sum_i N(x - x_i; 0, h^2 I),
 * at the middles of the cells of an even lattice over the square in which the target is drawn.
 */
public final class SmoothedDensities {
  /**
   * The smallest density in a ratio, as a multiple of the peak of a single sample. Chosen by
   * judgement: lower densities are those of no sample nearby.
   */
  private static final double MIN_DENSITY = 1e-3;

  private final double s; // half width of the square
  private final double[][] target; // [side, side]
  private final double[][] samples; // [side, side]
  private final double[][] logRatio; // [side, side]

  private SmoothedDensities(double s, int side) {
    this.s = s;
    target = new double[side][side];
    samples = new double[side][side];
    logRatio = new double[side][side];
  }

  /**
   * Computes both densities.
   *
   * @param points samples, row-major [n, 2]
   * @param h bandwidth, above 0, in the units of the sample space
   * @param side number of cells on each axis
   */
  public static SmoothedDensities of(
      TargetDistribution target, float[] points, double h, int side) {
    TargetGrid smoothed = SmoothedDivergences.target(target, h);
    Grid grid = smoothed.grid();
    SampleDensity density = SampleDensity.of(grid, h, points);
    double min = MIN_DENSITY / (density.size() * 2 * Math.PI * h * h);
    SmoothedDensities both = new SmoothedDensities(target.drawnHalfWidth(), side);
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        double x = both.coordinate(j);
        double y = both.coordinate(i);
        double p = grid.interpolate(smoothed.density(), x, y);
        double q = grid.interpolate(density.all(), x, y);
        both.target[i][j] = p;
        both.samples[i][j] = q;
        both.logRatio[i][j] = Math.log(Math.max(q, min) / Math.max(p, min));
      }
    }
    return both;
  }

  /** Returns the coordinate of the middle of cell i on either axis. */
  public double coordinate(int i) {
    return s * ((2 * i + 1.0) / target.length - 1);
  }

  /** Returns p_h, [side, side]: row i at y = coordinate(i), column j at x = coordinate(j). */
  public double[][] target() {
    return target;
  }

  /** Returns q_h, arranged as {@link #target}. */
  public double[][] samples() {
    return samples;
  }

  /**
   * Returns log(q_h / p_h) in nats, arranged as {@link #target}. A density below {@value
   * #MIN_DENSITY} of the peak of a single sample's kernel is replaced by this value, so that the
   * ratio is near 0 where both densities are negligible.
   */
  public double[][] logRatio() {
    return logRatio;
  }
}
