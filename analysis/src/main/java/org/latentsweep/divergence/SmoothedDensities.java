package org.latentsweep.divergence;

import org.latentsweep.target.TargetDistribution;

/**
 * The smoothed densities of a target, p_h = p * N_h, and of samples, q_h(x) = 1/n sum_i N(x - x_i;
 * 0, h^2 I), at the middles of the cells of an even lattice over the square in which the target is
 * drawn: what {@link SmoothedDivergences} compares, for pictures. In two dimensions.
 */
public final class SmoothedDensities {
  /** Below this many times a single sample's peak, q_h is taken to be that. */
  private static final double LEAST = 1e-3;

  private final double s;
  private final double[][] target;
  private final double[][] samples;
  private final double[][] logRatio;

  private SmoothedDensities(double s, double[][] target, double[][] samples, double[][] logRatio) {
    this.s = s;
    this.target = target;
    this.samples = samples;
    this.logRatio = logRatio;
  }

  /**
   * Computes both.
   *
   * @param points samples, row-major [n, 2]
   * @param h bandwidth, above 0
   * @param side cells on each axis
   */
  public static SmoothedDensities of(
      TargetDistribution target, float[] points, double h, int side) {
    TargetGrid smoothed = SmoothedDivergences.target(target, h);
    Grid grid = smoothed.grid();
    SampleDensity density = new SampleDensity(grid, h, points);
    double least = LEAST / (density.samples() * 2 * Math.PI * h * h);
    SmoothedDensities both =
        new SmoothedDensities(
            target.drawnHalfWidth(),
            new double[side][side],
            new double[side][side],
            new double[side][side]);
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        double x = both.coordinate(j);
        double y = both.coordinate(i);
        double p = grid.interpolate(smoothed.density(), x, y);
        double q = grid.interpolate(density.all(), x, y);
        both.target[i][j] = p;
        both.samples[i][j] = q;
        both.logRatio[i][j] = Math.log(Math.max(q, least) / Math.max(p, least));
      }
    }
    return both;
  }

  /** The middle of cell i on either axis. */
  public double coordinate(int i) {
    return s * ((2 * i + 1.0) / target.length - 1);
  }

  /** p_h, [side, side]: row i at y = coordinate(i), column j at x = coordinate(j). */
  public double[][] target() {
    return target;
  }

  /** q_h, as {@link #target}. */
  public double[][] samples() {
    return samples;
  }

  /**
   * log(q_h / p_h) in nats, as {@link #target}. Where a density is below {@value #LEAST} of what
   * one sample makes at its own place it is taken to be that, so that the ratio is near 0 where
   * there is nothing of either.
   */
  public double[][] logRatio() {
    return logRatio;
  }
}
