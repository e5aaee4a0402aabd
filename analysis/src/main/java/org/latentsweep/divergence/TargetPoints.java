package org.latentsweep.divergence;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.latentsweep.metric.KroneckerSteps;
import org.latentsweep.target.TargetDistribution;

/**
 * Weighted points that represent a target p in integrals, int p f dx = sum_i w_i f(x_i), with log p
 * at each. There are about {@value #COUNT} of them, spread over the mass of the target like a
 * stratified sample, but without randomness.
 *
 * <p>If p smoothed has a closed form, the cells of a lattice get points in proportion to their
 * mass, each at another place in its cell, weighted by p there over p at the node of the cell. Else
 * the points are those of a {@link LatentLattice}. Immutable.
 */
final class TargetPoints {
  /** Chosen by judgement: a trade of the error of the integrals against their time. */
  private static final int COUNT = 1 << 15;

  private static final int CAPACITY = 2 * COUNT;

  /** The steps of the sequence that places points in cells, in two dimensions and in one. */
  private static final double[] STEPS = KroneckerSteps.of(2);

  /**
   * Steps of a float within which a sample counts as rounded. Chosen by judgement: a coordinate is
   * rounded by half a step, and so is the radius or angle that it was computed from.
   */
  private static final int ROUNDING = 2;

  private final double[] x; // [points]
  private final double[] y; // [points], zeros in one dimension
  private final double[] logP; // [points]
  private final double[] weight; // [points], with sum 1

  private TargetPoints(double[] x, double[] y, double[] logP, double[] weight) {
    this.x = x;
    this.y = y;
    this.logP = logP;
    this.weight = weight;
  }

  /**
   * Places the points of a target.
   *
   * @throws IllegalArgumentException if there is neither a closed form nor a natural map from
   *     uniform latents
   */
  static TargetPoints of(TargetDistribution target) {
    PointCollector points = new PointCollector(target);
    if (target.smoothedInClosedForm()) {
      points.addCells(Grid.of(target, target.defaultBandwidth()));
    } else {
      points.addLattice(LatentLattice.points(target, COUNT));
    }
    return points.build();
  }

  /** Returns log p at a point, where y is ignored in one dimension. */
  static double logDensity(TargetDistribution target, double x, double y) {
    return target.logDensity(target.dimensions() == 1 ? new double[] {x} : new double[] {x, y});
  }

  /**
   * Returns log p at a sample. A sample on the edge of the support may be rounded to a float
   * outside it; where p is 0 at the sample, this is therefore the greatest log p within {@value
   * #ROUNDING} steps of a float along each axis.
   */
  static double logDensityAtSample(TargetDistribution target, double x, double y) {
    double exact = logDensity(target, x, y);
    if (exact != Double.NEGATIVE_INFINITY) {
      return exact;
    }
    double step = ROUNDING * Math.ulp((float) Math.max(Math.abs(x), Math.abs(y)));
    return IntStream.range(0, 9)
        .mapToDouble(i -> logDensity(target, x + (i % 3 - 1) * step, y + (i / 3 - 1) * step))
        .max()
        .orElseThrow();
  }

  /** Returns the number of points. */
  int size() {
    return x.length;
  }

  /** Returns x of a point. */
  double x(int i) {
    return x[i];
  }

  /** Returns y of a point, 0 in one dimension. */
  double y(int i) {
    return y[i];
  }

  /** Returns log p at a point. */
  double logP(int i) {
    return logP[i];
  }

  /** Returns the weight of a point; all weights add up to 1. */
  double weight(int i) {
    return weight[i];
  }

  /** Collects points, of which at most {@link #CAPACITY} are taken. */
  private static final class PointCollector {
    private final TargetDistribution target;
    private final double[] x = new double[CAPACITY];
    private final double[] y = new double[CAPACITY];
    private final double[] logP = new double[CAPACITY];
    private final double[] weight = new double[CAPACITY];
    private int size;

    PointCollector(TargetDistribution target) {
      this.target = target;
    }

    /** Visits every second row backwards, so that points that follow each other are neighbours. */
    void addCells(Grid grid) {
      double due = 0.5;
      for (int i = 0; i < grid.rows(); i++) {
        for (int a = 0; a < grid.nodes(); a++) {
          int j = i % 2 == 0 ? a : grid.nodes() - 1 - a;
          double logCell = logDensity(target, grid.coordinate(j), grid.y(i));
          due += Math.exp(logCell) * grid.cellVolume() * COUNT;
          for (; due >= 1 && size < CAPACITY; due--) {
            double px = grid.coordinate(j) + grid.step() * offset(0);
            double py = grid.dimensions() == 1 ? 0 : grid.y(i) + grid.step() * offset(1);
            double logDensity = logDensity(target, px, py);
            add(px, py, logDensity, Math.exp(logDensity - logCell));
          }
        }
      }
    }

    /** Returns an offset within a cell, in [-0.5, 0.5). */
    private double offset(int axis) {
      double at = size * STEPS[axis];
      return at - Math.floor(at) - 0.5;
    }

    void addLattice(float[] points) {
      for (int i = 0; i < points.length && size < CAPACITY; i += target.dimensions()) {
        double py = target.dimensions() == 1 ? 0 : points[i + 1];
        add(points[i], py, logDensity(target, points[i], py), 1);
      }
    }

    private void add(double px, double py, double logDensity, double pointWeight) {
      if (logDensity == Double.NEGATIVE_INFINITY) {
        return; // rounding took the point over the edge of the support
      }
      x[size] = px;
      y[size] = py;
      logP[size] = logDensity;
      weight[size] = pointWeight;
      size++;
    }

    TargetPoints build() {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += weight[i];
      }
      double total = sum;
      return new TargetPoints(
          Arrays.copyOf(x, size),
          Arrays.copyOf(y, size),
          Arrays.copyOf(logP, size),
          Arrays.stream(weight, 0, size).map(w -> w / total).toArray());
    }
  }
}
