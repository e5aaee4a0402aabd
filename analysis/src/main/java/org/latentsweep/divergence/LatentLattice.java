package org.latentsweep.divergence;

import java.util.Arrays;
import org.latentsweep.target.NaturalMap;
import org.latentsweep.target.NoiseLaw;
import org.latentsweep.target.TargetDistribution;

/**
 * A lattice of latents in the middles of cells of equal probability, pushed through the natural map
 * of a target: points that represent the target without randomness.
 */
final class LatentLattice {
  /** Latents at which the stretch of a map is measured. Chosen by judgement. */
  private static final int PROBES = 1 << 12;

  /** Keeps a step of half a cell within the support, in spite of rounding. */
  private static final double SHORTER = 1 - 1e-9;

  private final NaturalMap map;
  private final NoiseLaw.Uniform noise;
  private final int dimensions;

  private LatentLattice(NaturalMap map, NoiseLaw.Uniform noise, int dimensions) {
    this.map = map;
    this.noise = noise;
    this.dimensions = dimensions;
  }

  /**
   * Returns the points of a target.
   *
   * @param count number of points, which the result has approximately
   * @return row-major [n, d]
   * @throws IllegalArgumentException if the natural map does not take uniform noise
   */
  static float[] points(TargetDistribution target, int count) {
    NaturalMap map = target.naturalMap();
    if (!(map.noise() instanceof NoiseLaw.Uniform noise)) {
      throw new IllegalArgumentException(
          "Cannot smooth a target: without a closed form its natural map must take uniform noise,"
              + " found "
              + map.noise());
    }
    return new LatentLattice(map, noise, target.dimensions()).points(count);
  }

  private float[] points(int count) {
    int[] sides = sides(count);
    float[] points = new float[Arrays.stream(sides).reduce(1, Math::multiplyExact) * dimensions];
    int[] index = new int[sides.length];
    double[] z = new double[sides.length];
    double[] x = new double[dimensions];
    for (int row = 0; row < points.length; row += dimensions) {
      midpoint(index, sides, z);
      map.map(z, x);
      for (int a = 0; a < dimensions; a++) {
        points[row + a] = (float) x[a];
      }
      increment(index, sides);
    }
    return points;
  }

  /**
   * Returns the number of latents along each axis, in proportion to the length of the axis under
   * the map, so that the points lie about equally densely in all directions.
   */
  private int[] sides(int count) {
    int k = map.latentDimension();
    int[] probes = new int[k];
    Arrays.fill(probes, (int) Math.round(Math.pow(PROBES, 1.0 / k)));
    int[] index = new int[k];
    double[] length = new double[k];
    double[] z = new double[k];
    double[] x = new double[dimensions];
    double[] moved = new double[dimensions];
    do {
      midpoint(index, probes, z);
      map.map(z, x);
      for (int a = 0; a < k; a++) {
        z[a] += (noise.high() - noise.low()) / (2 * probes[a]) * SHORTER;
        map.map(z, moved);
        length[a] += distance(x, moved);
        midpoint(index, probes, z);
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

  /** Fills z with the middle of a cell of a lattice. */
  private void midpoint(int[] index, int[] sides, double[] z) {
    Arrays.setAll(z, a -> noise.low() + (index[a] + 0.5) * (noise.high() - noise.low()) / sides[a]);
  }

  /** Steps to the next cell of a lattice, and from the last one to the first. */
  private static void increment(int[] index, int[] sides) {
    int a = 0;
    while (a < index.length && ++index[a] == sides[a]) {
      index[a++] = 0;
    }
  }
}
