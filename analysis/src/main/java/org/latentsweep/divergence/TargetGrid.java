package org.latentsweep.divergence;

import java.util.Arrays;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * The smoothed target p_h = p * N_h at the nodes of its grid: pointwise where that is a closed
 * form, else from a lattice of latents pushed through the target's natural map, as if the points
 * were samples. Immutable.
 */
final class TargetGrid {
  private static final int LATTICE_POINTS = 1 << 20;

  private final TargetDistribution target;
  private final double h;
  private final Grid grid;
  private final KernelSites sites; // null in closed form
  private final double[][] logDensity; // [rows, nodes]
  private final double[][] density; // [rows, nodes]

  /**
   * Evaluates the target.
   *
   * @throws IllegalArgumentException if there is neither a closed form nor a natural map from
   *     uniform latents
   */
  TargetGrid(TargetDistribution target, double h) {
    this.target = target;
    this.h = h;
    grid = Grid.of(target, h);
    if (target.smoothedInClosedForm()) {
      sites = null;
      logDensity = pointwise();
    } else {
      float[] points = pushedLattice(target.naturalMap(), target.dimensions());
      SampleDensity lattice = new SampleDensity(grid, h, points);
      sites = lattice.sites();
      logDensity = everywhere(lattice);
    }
    density = grid.zeros();
    for (int i = 0; i < density.length; i++) {
      for (int j = 0; j < grid.nodes(); j++) {
        density[i][j] = Math.exp(logDensity[i][j]);
      }
    }
  }

  private double[][] pointwise() {
    double[][] values = grid.zeros();
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < grid.nodes(); j++) {
        values[i][j] = logDensityAt(grid.coordinate(j), grid.y(i));
      }
    }
    return values;
  }

  private double[][] everywhere(SampleDensity lattice) {
    double[][] values = grid.zeros();
    FarField far = new FarField(grid, sites, h);
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < grid.nodes(); j++) {
        double q = lattice.all()[i][j];
        values[i][j] = q > lattice.least() ? Math.log(q) : far.logDensity(i, j);
      }
    }
    return values;
  }

  private static float[] pushedLattice(NaturalMap map, int dimensions) {
    if (!(map.noise() instanceof NoiseLaw.Uniform noise)) {
      throw new IllegalArgumentException(
          "Cannot smooth a target: without a closed form its natural map must take uniform noise,"
              + " found "
              + map.noise());
    }
    int k = map.latentDimension();
    int side = (int) Math.round(Math.pow(LATTICE_POINTS, 1.0 / k));
    double width = (noise.high() - noise.low()) / side;
    int[] index = new int[k];
    double[] z = new double[k];
    double[] x = new double[dimensions];
    float[] points = new float[(int) Math.round(Math.pow(side, k)) * dimensions];
    for (int row = 0; row < points.length; row += dimensions) {
      Arrays.setAll(z, a -> noise.low() + (index[a] + 0.5) * width);
      map.map(z, x);
      for (int a = 0; a < dimensions; a++) {
        points[row + a] = (float) x[a];
      }
      increment(index, side);
    }
    return points;
  }

  /** Counts up a number written in digits of that base. */
  private static void increment(int[] digits, int base) {
    int a = 0;
    while (a < digits.length && ++digits[a] == base) {
      digits[a++] = 0;
    }
  }

  Grid grid() {
    return grid;
  }

  double bandwidth() {
    return h;
  }

  /** p_h at the nodes, [rows, nodes]. */
  double[][] density() {
    return density;
  }

  /** log p_h at the nodes, [rows, nodes]. */
  double[][] logDensity() {
    return logDensity;
  }

  /** log p_h at any point, also far off the grid. */
  double logDensityAt(double x, double y) {
    if (sites != null) {
      return sites.new Query(h).logSum(x, y) - sites.logNorm(h);
    }
    return target.smoothedLogDensity(
        grid.dimensions() == 1 ? new double[] {x} : new double[] {x, y}, h);
  }
}
