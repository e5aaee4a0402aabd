package org.latentsweep.divergence;

import java.util.List;

/**
 * The density q_h of independent batches of weighted points, each of which alone is an unbiased
 * estimate of it, on the nodes of a halved grid. Immutable.
 *
 * <p>A node is reached if nearly all of q_h there comes from points within {@value #NEAR} h. At
 * other nodes the points say how small q_h may be, but not that no latent leads nearer.
 */
final class BatchDensity {
  /**
   * Multiples of h within which points reach a node. Chosen by judgement: at 8 h binning changes
   * the log density by 0.1 of 32.
   */
  private static final double NEAR = 8;

  private final Grid grid; // halved
  private final double[][][] ofBatches; // [batches][rows][nodes]
  private final double[][] near; // [rows][nodes], of all batches
  private final KernelQuery query;
  private final double logTotal; // of the weights over the number of points
  private final double minTrusted;

  private BatchDensity(TargetGrid target, List<WeightedPoints> batches) {
    grid = target.grid().halved();
    double h = target.bandwidth();
    double steps = h / grid.step();
    GaussianConvolution whole = QuadraticBinning.convolution(steps, WeightedDensity.REACH * steps);
    double[][] sum = grid.zeros();
    WeightedPoints all = new WeightedPoints(grid.dimensions());
    ofBatches = new double[batches.size()][][];
    for (int b = 0; b < ofBatches.length; b++) {
      WeightedPoints batch = batches.get(b);
      double[][] binned = grid.zeros();
      add(batch, binned);
      add(batch, sum);
      all.addAll(batch);
      ofBatches[b] = whole.apply(binned);
      LatticeValues.scale(ofBatches[b], 1 / (batch.size() * grid.cellVolume()));
    }
    near = QuadraticBinning.convolution(steps, NEAR * steps).apply(sum);
    LatticeValues.scale(near, 1 / (all.size() * grid.cellVolume()));
    query = new KernelQuery(all.sites(target.grid().step() / WeightedDensity.CELLS_PER_STEP), h);
    logTotal = Math.log(all.total() / all.size());
    minTrusted = WeightedDensity.MIN_TRUSTED * grid.kernelPeak(h);
  }

  private void add(WeightedPoints points, double[][] onto) {
    for (int i = 0; i < points.size(); i++) {
      double x = points.x(i);
      double y = points.y(i);
      if (grid.contains(x, y)) {
        QuadraticBinning.add(onto, grid.index(x), grid.index(y), points.weight(i));
      }
    }
  }

  /**
   * Smooths points.
   *
   * @param batches as many points in each
   */
  static BatchDensity of(TargetGrid target, List<WeightedPoints> batches) {
    return new BatchDensity(target, batches);
  }

  /** Returns the number of batches. */
  int batches() {
    return ofBatches.length;
  }

  /** Fills the values of the batches at a node, [batches], and returns their mean. */
  double values(int i, int j, double[] values) {
    double sum = 0;
    for (int b = 0; b < values.length; b++) {
      values[b] = ofBatches[b][i][j];
      sum += values[b];
    }
    return sum / values.length;
  }

  /**
   * Returns whether a node is reached.
   *
   * @param q the density there
   */
  boolean isReached(int i, int j, double q) {
    return q > minTrusted && near[i][j] >= WeightedDensity.MIN_NEAR_SHARE * q;
  }

  /** Returns the smallest density of a node that is reached. */
  double minTrusted() {
    return minTrusted;
  }

  /** Returns log q_h at a node that is not reached, from all points in the log domain. */
  double logDensity(int i, int j) {
    return query.at(grid.coordinate(j), grid.y(i)).logDensity() + logTotal;
  }
}
