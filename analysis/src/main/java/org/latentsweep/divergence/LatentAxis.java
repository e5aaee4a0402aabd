package org.latentsweep.divergence;

/**
 * One axis of a lattice of latents, whose coordinate is t ~ N(0, 1): the latent is the quantile of
 * the noise at Phi(t). The nodes of an axis are among those of the axis with twice as many cells.
 *
 * <p>The nodes are t = {@value #MIDDLE} s + {@value #TAIL} s^9 at even s in [-1, 1]: dense where
 * most latents are, and reaching so far that they cover a target that only the tails come near.
 */
final class LatentAxis {
  /** Chosen by judgement: 60% of the nodes are within 2.3. */
  private static final double MIDDLE = 3;

  /**
   * Chosen by judgement: the last node is t = 50. If q is a normal, and p one at a distance of 50
   * of its standard deviations, most of q_h there comes from latents before it.
   */
  private static final double TAIL = 47;

  private final double[] nodes; // t

  private LatentAxis(double[] nodes) {
    this.nodes = nodes;
  }

  /**
   * Makes the axis of a continuous coordinate.
   *
   * @param cells number of cells, a power of 2
   */
  static LatentAxis of(int cells) {
    double[] nodes = new double[cells + 1];
    for (int i = 0; i <= cells; i++) {
      double s = 2.0 * i / cells - 1;
      nodes[i] = MIDDLE * s + TAIL * Math.pow(s, 9);
    }
    return new LatentAxis(nodes);
  }

  /** Returns an axis of no extent: one node, and a cell of probability 1 from it to itself. */
  static LatentAxis none() {
    return new LatentAxis(new double[1]);
  }

  /** Returns the number of nodes. */
  int nodes() {
    return nodes.length;
  }

  /** Returns the number of cells. */
  int cells() {
    return Math.max(1, nodes.length - 1);
  }

  /** Returns t at a node. */
  double node(int i) {
    return nodes[i];
  }

  /** Returns the node at the upper end of a cell; the one at its lower end has its number. */
  int end(int cell) {
    return Math.min(cell + 1, nodes.length - 1);
  }

  /**
   * Returns the logs of the probabilities of equal parts of a cell by the midpoint rule. Exact
   * probabilities at the middles of the parts would widen the distribution (Sheppard 1898).
   */
  double[] logProbabilities(int cell, int parts) {
    double[] logs = new double[parts];
    if (nodes.length > 1) {
      double length = (nodes[cell + 1] - nodes[cell]) / parts;
      for (int a = 0; a < parts; a++) {
        double t = nodes[cell] + (a + 0.5) * length;
        logs[a] = Math.log(length) - t * t / 2 - 0.5 * Math.log(2 * Math.PI);
      }
    }
    return logs;
  }
}
