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

  /** Cells of the lattice's sites per step: its edges are dense, unlike those of samples. */
  private static final int FINER = 2;

  /** Steps of the far field's cells: half way between turns of a spiral it has a crease. */
  private static final int FAR_CELL = 2;

  /** Distance, in units in which targets have a size of about 1, from which p_h is a point's. */
  private static final double ASYMPTOTIC = 1e9;

  /** Latents at which a map's stretch is looked at. */
  private static final int PROBES = 1 << 12;

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
      float[] points = pushedLattice(target, LATTICE_POINTS);
      sites = new KernelSites(points, target.dimensions(), grid.step() / FINER);
      logDensity = everywhere(new SampleDensity(grid, h, points, sites));
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
    FarField far = new FarField(grid, sites, h, FAR_CELL);
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < grid.nodes(); j++) {
        double q = lattice.all()[i][j];
        values[i][j] = q > lattice.least() ? Math.log(q) : far.logDensity(i, j);
      }
    }
    return values;
  }

  /**
   * A lattice of latents in the middle of cells of equal probability, pushed through the natural
   * map.
   *
   * @return about so many points, row-major [n, d]
   */
  static float[] pushedLattice(TargetDistribution target, int count) {
    NaturalMap map = target.naturalMap();
    int dimensions = target.dimensions();
    if (!(map.noise() instanceof NoiseLaw.Uniform noise)) {
      throw new IllegalArgumentException(
          "Cannot smooth a target: without a closed form its natural map must take uniform noise,"
              + " found "
              + map.noise());
    }
    int[] sides = sides(map, noise, dimensions, count);
    float[] points = new float[Arrays.stream(sides).reduce(1, Math::multiplyExact) * dimensions];
    int[] index = new int[sides.length];
    double[] z = new double[sides.length];
    double[] x = new double[dimensions];
    for (int row = 0; row < points.length; row += dimensions) {
      midpoint(noise, index, sides, z);
      map.map(z, x);
      for (int a = 0; a < dimensions; a++) {
        points[row + a] = (float) x[a];
      }
      increment(index, sides);
    }
    return points;
  }

  /**
   * How many latents along each axis, in proportion to how long the map draws it, so that the
   * points lie about equally densely in all directions.
   */
  private static int[] sides(NaturalMap map, NoiseLaw.Uniform noise, int dimensions, int count) {
    int k = map.latentDimension();
    int[] probes = new int[k];
    Arrays.fill(probes, (int) Math.round(Math.pow(PROBES, 1.0 / k)));
    int[] index = new int[k];
    double[] length = new double[k];
    double[] z = new double[k];
    double[] x = new double[dimensions];
    double[] moved = new double[dimensions];
    do {
      midpoint(noise, index, probes, z);
      map.map(z, x);
      for (int a = 0; a < k; a++) {
        z[a] += (noise.high() - noise.low()) / (2 * probes[a]) * (1 - 1e-9);
        map.map(z, moved);
        length[a] += distance(x, moved);
        midpoint(noise, index, probes, z);
      }
      increment(index, probes);
    } while (Arrays.stream(index).anyMatch(i -> i > 0));
    double density = Math.pow(count / Arrays.stream(length).reduce(1, (a, b) -> a * b), 1.0 / k);
    return Arrays.stream(length)
        .mapToInt(l -> (int) Math.max(1, Math.round(l * density)))
        .toArray();
  }

  private static double distance(double[] a, double[] b) {
    double squared = 0;
    for (int i = 0; i < a.length; i++) {
      squared += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squared);
  }

  /** Fills z with the middle of a lattice's cell. */
  private static void midpoint(NoiseLaw.Uniform noise, int[] index, int[] sides, double[] z) {
    Arrays.setAll(z, a -> noise.low() + (index[a] + 0.5) * (noise.high() - noise.low()) / sides[a]);
  }

  /** Steps to a lattice's next cell; after the last comes the first. */
  private static void increment(int[] index, int[] sides) {
    int a = 0;
    while (a < index.length && ++index[a] == sides[a]) {
      index[a++] = 0;
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
    double squared = x * x + y * y;
    if (sites != null && squared > ASYMPTOTIC * ASYMPTOTIC) {
      return -squared / (2 * h * h); // from here every site is as far to 1 in 1e9
    }
    if (sites != null) {
      return sites.new Query(h).logSum(x, y) - sites.logNorm(h);
    }
    return target.smoothedLogDensity(
        grid.dimensions() == 1 ? new double[] {x} : new double[] {x, y}, h);
  }
}
