package org.latentsweep.divergence;

/**
 * Gauss-Hermite quadrature with three nodes per axis: the mean of a function over a normal
 * distribution in one or two dimensions, exact for polynomials of degree 5 in each coordinate.
 */
final class GaussHermite {
  private static final double[] NODES = {-Math.sqrt(3), 0, Math.sqrt(3)};
  private static final double[] WEIGHTS = {1.0 / 6, 2.0 / 3, 1.0 / 6};

  private GaussHermite() {}

  /** Receives the nodes of the quadrature. */
  interface Nodes {
    /** Adds a node with its weight; the weights of all nodes add up to 1. */
    void add(double x, double y, double weight);
  }

  /**
   * Gives the nodes for a normal whose coordinates are independent.
   *
   * @param dimensions d, 1 or 2; in one dimension y is 0
   * @param x mean of the first coordinate
   * @param y mean of the second one
   * @param sdX standard deviation of the first coordinate
   * @param sdY standard deviation of the second one
   */
  static void forEach(int dimensions, double x, double y, double sdX, double sdY, Nodes nodes) {
    for (int a = 0; a < NODES.length; a++) {
      if (dimensions == 1) {
        nodes.add(x + sdX * NODES[a], 0, WEIGHTS[a]);
        continue;
      }
      for (int b = 0; b < NODES.length; b++) {
        nodes.add(x + sdX * NODES[a], y + sdY * NODES[b], WEIGHTS[a] * WEIGHTS[b]);
      }
    }
  }
}
